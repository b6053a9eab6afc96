import type { Worker } from 'node:worker_threads';

/** More threads gain little, and each takes 40 MB. */
const MAX_WORKERS = 3;

interface PendingJob {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

interface PoolWorker {
  readonly worker: Worker;
  readonly awaited: Map<number, PendingJob>;
}

/**
 * Threads that share the work where there is much of it. They are started for the first job, and do not keep the
 * process alive.
 */
export class WorkerPool {
  #workers: PoolWorker[] = [];
  #sent = 0;

  /**
   * @param script what a worker runs
   * @param jobs most files read at once: each worker reads one, and so does the main thread
   */
  constructor(
    readonly script: URL,
    readonly jobs: number,
  ) {}

  /** How many workers there are once they are started. */
  get size(): number {
    const { availableParallelism } = process.getBuiltinModule('node:os'); // loaded only if it is needed
    return Math.max(0, Math.min(MAX_WORKERS, availableParallelism() - 1, this.jobs - 1));
  }

  /** How many jobs the workers have not finished. */
  get pendingJobs(): number {
    return this.#workers.reduce((sum, { awaited }) => sum + awaited.size, 0);
  }

  /** Starts the workers before their first job. It takes 30 to 60 ms, and does not block this thread. */
  start(): void {
    if (this.#workers.length > 0 || this.size === 0) return;
    // Loaded only now, because most runs need no workers.
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    this.#workers = Array.from({ length: this.size }, () => addWorker(new Worker(this.script)));
  }

  /** Gives a job to the worker with the fewest jobs. @throws what the job threw, or what ended the worker */
  run<J, R>(job: J): Promise<R> {
    const [least] = this.#workers.toSorted((a, b) => a.awaited.size - b.awaited.size);
    if (!least) throw new Error('a job for a worker pool without workers');
    const id = this.#sent++;
    least.worker.ref(); // the process waits for a job
    return new Promise<R>((resolve, reject) => {
      least.awaited.set(id, { resolve: resolve as PendingJob['resolve'], reject });
      least.worker.postMessage({ id, job });
    });
  }
}

function addWorker(worker: Worker): PoolWorker {
  const awaited = new Map<number, PendingJob>();
  worker.on('message', ({ id, answer, error }: { id: number; answer?: unknown; error?: Error }) => {
    const waiter = awaited.get(id);
    awaited.delete(id);
    if (awaited.size === 0) worker.unref();
    if (error) waiter?.reject(error);
    else waiter?.resolve(answer);
  });
  const end = (error: Error) => {
    for (const { reject } of awaited.values()) reject(error);
    awaited.clear();
  };
  worker.on('error', end);
  worker.on('exit', (code) => end(new Error(`a worker ended early (${code})`)));
  worker.unref(); // last, because a listener would keep the process alive
  return { worker, awaited };
}
