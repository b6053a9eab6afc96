import { resolve } from 'node:path';
import { UsageError } from '../domain/errors.ts';
import type { Fault } from '../domain/event.ts';
import { kindKey } from '../domain/event-kinds.ts';
import type { EventSource } from '../domain/event-source.ts';
import { IndexCache } from '../index/index-cache.ts';
import { locate } from '../locating/locate.ts';
import type { LocateOptions } from '../locating/roots.ts';
import { EventLog } from '../reading/event-log.ts';
import { ReadScheduler } from '../reading/read-scheduler.ts';
import { WorkerPool } from '../reading/worker-pool.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { findZone, localZone, type Zone } from '../time/zone.ts';
import { cacheFolder } from './cache-location.ts';
import type { CommonOptions } from './options/common-options.ts';
import { type Streams, Terminal } from './terminal.ts';

/** What a command works with: where output goes, the one read pool, the zone, the clock. */
export class Session {
  readonly pool: ReadScheduler;
  readonly crew: WorkerPool;
  /** Undefined with `--no-cache`. */
  readonly cache: IndexCache | undefined;
  readonly zone: Zone;
  /** µs since the epoch. */
  readonly now = Date.now() * 1000;
  readonly #start = performance.now();

  /** @throws UsageError for a zone that there is not */
  static async open(streams: Streams, options: CommonOptions): Promise<Session> {
    return new Session(streams, options, await Terminal.open(streams, options));
  }

  private constructor(
    readonly streams: Streams,
    readonly options: CommonOptions,
    readonly terminal: Terminal,
  ) {
    this.pool = new ReadScheduler(options.jobs);
    this.crew = new WorkerPool(new URL('./worker.cjs', import.meta.url), options.jobs);
    this.cache = options.cache ? new IndexCache(cacheFolder(options, streams.env)) : undefined;
    this.zone = resolveZone(options.tz);
  }

  /** Where ids are looked up. */
  get lookup(): LocateOptions {
    return {
      roots: this.options.root ?? [],
      env: this.streams.env,
      warn: (message) => this.terminal.warn(message),
    };
  }

  /** Finds a conversation, and says which one where the user named none. @throws UsageError */
  locate(operand: string | undefined): ConversationFolder {
    const { folder, chosen } = locate(operand, this.lookup);
    if (chosen) this.terminal.note(`reading ${resolve(folder.path)}`);
    return folder;
  }

  /** @throws UsageError where there is no such conversation, or it can't be listed */
  open(operand: string | undefined, { cached = true } = {}): EventLog {
    return this.openFolder(this.locate(operand), { cached });
  }

  /** @throws UsageError where it can't be listed */
  openFolder(folder: ConversationFolder, { cached = true } = {}): EventLog {
    return new EventLog(folder, this.pool, {
      crew: this.crew,
      ...(cached && { cache: this.cache }),
    });
  }

  /** A log as queries see it, with progress shown. */
  source(log: EventLog): EventSource {
    const terminal = this.terminal;
    const { stats } = this.pool;
    return {
      slots: log.slots,
      confirmEntries: (positions) => log.confirmEntries(positions),
      peekEntry: (position) => log.peekEntry(position),
      scan(positions, scanOptions, visit) {
        const before = stats.read;
        const done = () => stats.read - before;
        return terminal.progress(log.scan(positions, scanOptions, visit), done, log.slots.length);
      },
    };
  }

  reportSkipped(log: EventLog, skipped: readonly Fault[]): void {
    for (const { slot, code, message } of skipped) {
      this.terminal.warn(`skipped ${log.fileOf(slot)}: ${code}: ${message}`);
    }
  }

  /** Says which kinds there are, where one that was asked for is not among them. */
  async noteUnknownKinds(
    asked: readonly string[] | undefined,
    found: ReadonlySet<string>,
  ): Promise<void> {
    const keys = new Set([...found].map(kindKey));
    const missing = (asked ?? [])
      .map((kind) => kind.replace(/^!/, ''))
      .filter((k) => !keys.has(kindKey(k)));
    if (missing.length === 0) return;
    const { nearestKind } = await import('./suggest-kind.ts');
    const named = missing.map((kind) => {
      const near = nearestKind(kind, found);
      return near ? `${kind} (did you mean ${near}?)` : kind;
    });
    const there = [...found].map((kind) => kind || '(none)').sort();
    this.terminal.note(
      `no event looked at is of kind ${named.join(', ')}; kinds there: ${there.join(', ') || 'none'}`,
    );
  }

  /** Keeps what was learned of a conversation, and tells what was done. */
  async close(log: EventLog): Promise<void> {
    await log.save();
    if (this.cache?.writeError)
      this.terminal.detail(`the index is not kept: ${this.cache.writeError}`);
    this.printReadStats();
  }

  /** What the run did to event files. */
  printReadStats(): void {
    const { opened, read, parsed, remembered, indexed, bytes } = this.pool.stats;
    const way = this.pool.isInFlight ? 'in flight' : 'one at a time';
    const ms = Math.round(performance.now() - this.#start);
    this.terminal.detail(
      `event files: ${opened} opened, ${read} read (${bytes} bytes), ${parsed} parsed, ` +
        `${remembered} from memory, ${indexed} cache hits; jobs ${this.pool.jobs}, ${way}; ${ms} ms`,
    );
  }
}

function resolveZone(name: string | undefined): Zone {
  if (name === undefined) return localZone();
  const zone = findZone(name);
  if (zone) return zone;
  throw new UsageError(`--tz ${name}: no such zone (IANA name, UTC or an offset as +02:00)`);
}

/** A conversation as output tells of it. */
export function conversationRef(log: EventLog): { id: string; path: string } {
  return { id: log.folder.id, path: resolve(log.folder.path) };
}
