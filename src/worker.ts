import { parentPort } from 'node:worker_threads';
import { type Scan, scan } from './conversation/scan.ts';

// A helper of the crew: does jobs, one after another, and says what came of them.
parentPort?.on('message', ({ id, job }: { id: number; job: Scan }) => {
  try {
    const answer = scan(job);
    parentPort?.postMessage({ id, answer });
  } catch (error) {
    parentPort?.postMessage({ id, error });
  }
});
