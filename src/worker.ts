import { parentPort } from 'node:worker_threads';
import type { ScanWorkerJob } from './reading/parallel-scan.ts';
import { runScanJob } from './reading/scan-job.ts';
import type { VerifyWorkerJob } from './use-cases/verify-many.ts';

/** What a worker thread can do. */
type Job = ScanWorkerJob | VerifyWorkerJob;

async function resultOf(job: Job): Promise<unknown> {
  if (job.kind === 'scan') return runScanJob(job.job);
  // Loaded only when it is needed: the rules and their schemas are large.
  const { verifyOnWorker } = await import('./use-cases/verify-many.ts');
  return verifyOnWorker(job);
}

// Does the jobs that arrive, one after another, and answers with their results.
parentPort?.on('message', async ({ id, job }: { id: number; job: Job }) => {
  try {
    parentPort?.postMessage({ id, answer: await resultOf(job) });
  } catch (error) {
    parentPort?.postMessage({ id, error });
  }
});
