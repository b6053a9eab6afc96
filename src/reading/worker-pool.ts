import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';

/** Helpers beyond these win little, and take 40 MB each. */
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
 * Threads that share the work where there is much of it. They are started when the first job comes, and
 * keep nobody from ending.
 */
export class WorkerPool {
  readonly size: number;
  #helpers: PoolWorker[] = [];
  #jobs = 0;

  /**
   * @param script what a helper runs
   * @param jobs most files read at once: each helper takes one of them, and this thread another
   */
  constructor(
    readonly script: URL,
    jobs: number,
  ) {
    this.size = Math.max(0, Math.min(MAX_WORKERS, availableParallelism() - 1, jobs - 1));
  }

  /** How many jobs the helpers have not finished. */
  get pendingJobs(): number {
    return this.#helpers.reduce((sum, { awaited }) => sum + awaited.size, 0);
  }

  /** Starts the helpers ahead of their first job: it takes 30 to 60 ms, meanwhile this thread goes on. */
  start(): void {
    if (this.#helpers.length > 0 || this.size === 0) return;
    // Loaded only now: most runs need no helpers.
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    this.#helpers = Array.from({ length: this.size }, () => addWorker(new Worker(this.script)));
  }

  /** Gives a job to the helper that has least to do. @throws what the job threw, or ended the helper */
  run<J, R>(job: J): Promise<R> {
    const [least] = this.#helpers.toSorted((a, b) => a.awaited.size - b.awaited.size);
    if (!least) throw new Error('a job for a crew without helpers');
    const id = this.#jobs++;
    least.worker.ref(); // a job that is waited for holds the process
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
  worker.on('exit', (code) => end(new Error(`a helper ended early (${code})`)));
  worker.unref(); // last: to listen holds it
  return { worker, awaited };
}
