import { resolve } from 'node:path';
import { CoreError } from '../domain/errors.ts';
import type { Fault } from '../domain/event.ts';
import type { EventSource } from '../domain/scan.ts';
import type { Subagents } from '../history/subagents/subagents.ts';
import { IndexCache } from '../index/index-cache.ts';
import { locate } from '../locating/locate.ts';
import type { LocateOptions } from '../locating/roots.ts';
import { EventLog } from '../reading/event-log.ts';
import { ReadScheduler } from '../reading/read-scheduler.ts';
import { WorkerPool } from '../reading/worker-pool.ts';
import type { ReportContext } from '../report/context.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { FolderStorage } from '../storage/folder-storage.ts';
import { type ReadLimits, readLimits } from '../storage/read-limits.ts';
import { monotonicMs } from '../time/monotonic.ts';
import type { Zone } from '../time/zone.ts';
import type { LogOpener, OpenLogOptions } from '../use-cases/open-history.ts';
import { readSubagents } from '../use-cases/subagents.ts';
import type { CommonPlan } from './options/common-options.ts';
import type { Streams } from './output.ts';
import { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** What a command works with: the terminal, the one read scheduler, the workers, the cache, the zone and the clock. */
export class Session implements LogOpener {
  readonly #subagents = new Map<string, Subagents>();
  readonly scheduler: ReadScheduler;
  readonly workers: WorkerPool;
  /** Undefined with `--no-cache`. */
  readonly cache: IndexCache | undefined;
  readonly zone: Zone;
  /** How much of an event is read and parsed. */
  readonly limits: ReadLimits;
  readonly #start = monotonicMs();

  /** @param now µs since the epoch */
  static async open(streams: Streams, plan: CommonPlan, now: number): Promise<Session> {
    return new Session(streams, plan, now, await Terminal.open(streams, plan));
  }

  private constructor(
    readonly streams: Streams,
    readonly plan: CommonPlan,
    readonly now: number,
    readonly terminal: Terminal,
  ) {
    this.scheduler = new ReadScheduler(plan.jobs);
    this.workers = new WorkerPool(new URL('./worker.cjs', import.meta.url), plan.jobs);
    this.cache = plan.cacheFolder === undefined ? undefined : new IndexCache(plan.cacheFolder);
    this.zone = plan.zone;
    this.limits = readLimits(plan.maxEventBytes);
  }

  /** Where ids are looked up. */
  get lookup(): LocateOptions {
    return {
      roots: this.plan.roots,
      env: this.streams.env,
      zone: this.zone,
      warn: (message) => this.terminal.warn(message),
    };
  }

  /** Finds a conversation. If the user named none, a note says which one was chosen. @throws CoreError */
  locate(operand: string | undefined): ConversationFolder {
    const { folder, chosen } = namingRoot(() => locate(operand, this.lookup));
    if (chosen) this.terminal.note(`reading ${resolve(folder.path)}`);
    return folder;
  }

  /** As `locate`, but waits for a conversation that does not exist yet, and says so. @throws CoreError */
  async awaitConversation(operand: string | undefined): Promise<ConversationFolder> {
    // Loaded only when it is needed: few commands wait.
    const { awaitConversation } = await import('../use-cases/await-conversation.ts');
    let hasWaited = false;
    const located = awaitConversation(operand, this.lookup, (reason) => {
      hasWaited = true;
      this.terminal.note(`${reason}; waiting for one`);
    });
    const { folder, chosen } = await located.catch((error) => namingRoot(() => raise(error)));
    if (chosen || hasWaited) this.terminal.note(`reading ${resolve(folder.path)}`);
    return folder;
  }

  /** See LogOpener. */
  openLog(folder: ConversationFolder, options: OpenLogOptions = {}): EventLog {
    const { cached = true, maxMemoryBytes } = options;
    return new EventLog(new FolderStorage(folder, this.limits), this.scheduler, {
      workers: this.workers,
      ...(cached && { cache: this.cache }),
      ...(maxMemoryBytes !== undefined && { maxMemoryBytes }),
    });
  }

  /** A log as queries see it, with its progress shown on a terminal. */
  source(log: EventSource): EventSource {
    const { terminal } = this;
    const { stats } = this.scheduler;
    return {
      slots: log.slots,
      confirmEntries: (positions) => log.confirmEntries(positions),
      peekEntry: (position) => log.peekEntry(position),
      scan(positions, options, visitor) {
        const before = stats.read;
        const done = () => stats.read - before;
        return terminal.progress(log.scan(positions, options, visitor), done, log.slots.length);
      },
    };
  }

  /** The subagents of a conversation, read once in a run. */
  subagentsOf(folder: ConversationFolder): Subagents {
    const known = this.#subagents.get(folder.path) ?? readSubagents(folder);
    this.#subagents.set(folder.path, known);
    return known;
  }

  /** What reports on a conversation have in common. @param skipped events that can't be read */
  reportContext(
    log: Pick<EventLog, 'folder' | 'fileOf'>,
    skipped: readonly Fault[],
  ): ReportContext {
    return {
      conversation: { id: log.folder.id, path: resolve(log.folder.path) },
      zone: this.zone,
      skipped,
      withSubagents: false,
      subagents: () => this.subagentsOf(log.folder),
      fileOf: (slot) => log.fileOf(slot),
    };
  }

  /** Keeps the index of a log that is no longer needed, and prints what the run did, with `--verbose`. */
  async close(log: EventLog): Promise<void> {
    await log.save();
    const problem = this.cache?.problem;
    if (problem) this.terminal.detail(`the index could not be saved: ${problem}`);
    this.printReadStats();
  }

  /** Prints what the run did to event files, with `--verbose`. */
  printReadStats(): void {
    const { opened, read, parsed, remembered, indexed, bytes } = this.scheduler.stats;
    const way = this.scheduler.isInFlight ? 'in flight' : 'one at a time';
    const ms = Math.round(monotonicMs() - this.#start);
    this.terminal.detail(
      `event files: ${opened} opened, ${read} read (${bytes} bytes), ${parsed} parsed, ` +
        `${remembered} from memory, ${indexed} cache hits; jobs ${this.scheduler.jobs}, ${way}; ${ms} ms`,
    );
  }
}

/** Does work that looks conversations up in roots, and names the option in its errors. @throws UsageError for a bad root */
export function namingRoot<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    if (error.code === 'no-such-folder') throw new UsageError(`--root ${error.message}`);
    throw error.code === 'no-root' ? new UsageError(`${error.message} (see --root)`) : error;
  }
}

function raise(error: unknown): never {
  throw error;
}
