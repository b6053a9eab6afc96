import { type FSWatcher, watch } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** How often to look where the system sends no notifications. In ms. */
const POLL_MS = 100;
/** How often to look although it does, in case a notification was lost. In ms. */
const SAFETY_MS = 1_000;

/**
 * Wakes its owner when something changes in one of a few folders. If the system can't watch them (a limit is reached,
 * or a network file system), it wakes its owner often instead.
 */
export class FolderWatch {
  #watchers: FSWatcher[] = [];
  #names = new Set<string>();
  #isPolling: boolean;
  #wake: (() => void) | undefined;
  #woken = false;

  constructor(folders: readonly string[], options: { poll?: boolean } = {}) {
    this.#isPolling = options.poll ?? false;
    for (const folder of folders) this.#watch(folder);
  }

  get isPolling(): boolean {
    return this.#isPolling;
  }

  /** Names of files that changed since the last call. */
  takeNames(): string[] {
    const names = [...this.#names];
    this.#names.clear();
    return names;
  }

  /** Resolves with the next change, or after `maxMs` (by default the polling or the safety time). */
  async next(maxMs = this.#isPolling ? POLL_MS : SAFETY_MS): Promise<void> {
    if (!this.#woken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, maxMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    // One change comes as several notifications: wait for all of them.
    await nextTurn();
    this.#wake = undefined;
    this.#woken = false;
  }

  close(): void {
    for (const watcher of this.#watchers) watcher.close();
    this.#watchers = [];
  }

  #watch(folder: string): void {
    if (this.#isPolling) return;
    try {
      const watcher = watch(folder, (_, name) => {
        if (name !== null) this.#names.add(name);
        this.#woken = true;
        this.#wake?.();
      });
      watcher.on('error', () => this.#poll());
      this.#watchers.push(watcher);
    } catch {
      this.#poll(); // whatever the reason is, looking often works
    }
  }

  #poll(): void {
    this.close();
    this.#isPolling = true;
    this.#wake?.();
  }
}
