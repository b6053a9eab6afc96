import { type FSWatcher, watch } from 'node:fs';
import { setImmediate as breathe } from 'node:timers/promises';

/** How often to look without being told, in ms: where nothing tells, and in case a word was lost. */
const POLL_MS = 100;
const SAFETY_MS = 1_000;

/**
 * Wakes its owner when something changes in one of a few folders. Where the system offers no watching
 * (limits reached, some network file systems), it wakes often instead.
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

  /** File names that changed since they were last taken. */
  takeNames(): string[] {
    const names = [...this.#names];
    this.#names.clear();
    return names;
  }

  /** Resolves with the next change, or after `atMost` ms (by default the polling or safety time). */
  async next(atMost = this.#isPolling ? POLL_MS : SAFETY_MS): Promise<void> {
    if (!this.#woken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, atMost);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    // One change comes as several words, and several changes as many: hear them all out.
    await breathe();
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
      this.#poll(); // whatever the reason, looking often works
    }
  }

  #poll(): void {
    this.close();
    this.#isPolling = true;
    this.#wake?.();
  }
}
