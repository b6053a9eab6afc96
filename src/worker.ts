import { parentPort } from 'node:worker_threads';
import { runScanJob, type ScanJob } from './reading/scan.ts';
import type { HelperTask } from './use-cases/verify-conversation.ts';

/** What a helper can do. */
type Job = { readonly scan: ScanJob } | HelperTask;

async function answerOf(job: Job): Promise<unknown> {
  if ('scan' in job) return runScanJob(job.scan);
  const { verifyAsHelper } = await import('./use-cases/verify-conversation.ts');
  return verifyAsHelper(job.verify);
}

// A helper of the crew: does jobs, one after another, and says what came of them.
parentPort?.on('message', async ({ id, job }: { id: number; job: Job }) => {
  try {
    parentPort?.postMessage({ id, answer: await answerOf(job) });
  } catch (error) {
    parentPort?.postMessage({ id, error });
  }
});
