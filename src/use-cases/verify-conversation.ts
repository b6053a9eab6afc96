import { resolve } from 'node:path';
import { LEASE, META, readDocument, readSettledDocument, STATE } from '../storage/read-state-file.ts';
import type { Folder } from '../storage/conversation-folder.ts';
import { isLive } from '../storage/in-flight.ts';
import { EventLog } from '../reading/event-log.ts';
import { ReadPool, type ReadStats } from '../reading/read-scheduler.ts';
import { sealedFiles } from '../storage/seal.ts';
import { UsageError } from '../domain/errors.ts';
import type { Manifest } from '../domain/manifest.ts';
import { bareId } from '../domain/slot.ts';
import type { Source } from '../domain/event-source.ts';
import type { Verified } from '../report/verify/types.ts';
import { resumeOf } from '../verification/resume.ts';
import { changesSince } from '../verification/seal-changes.ts';
import { makeSubject } from '../verification/rule-context.ts';
import { type Judgement, verify } from '../verification/verify.ts';

/** One conversation to be verified. Plain data, so that other threads can do it. */
export interface VerifyJob {
  readonly folder: Folder;
  readonly judgement: Judgement;
  readonly assumeIdle: boolean;
  readonly manifest?: Manifest | undefined;
}

/**
 * Verifies one conversation. No index is trusted: every byte is read.
 *
 * @param watched lets somebody see how far the reading is
 * @throws UsageError where it can't be read
 */
export async function verifyOne(
  { folder, judgement, assumeIdle, manifest }: VerifyJob,
  pool: ReadPool,
  watched: (log: EventLog) => Pick<Source, 'slots' | 'visit'> = (log) => ({
    slots: log.slots,
    visit: (...args) => log.visit(...args),
  }),
): Promise<Verified> {
  const read = assumeIdle ? readDocument : readSettledDocument;
  // The state comes first: whatever it names was written before it, so the listing must have it.
  const state = await read(folder, STATE);
  const [meta, lease] = [await read(folder, META), await read(folder, LEASE)];
  const log = new EventLog(folder, pool, { assumeIdle });
  const now = Date.now(); // this very moment: a run can take long
  const subject = await makeSubject({
    ...watched(log),
    strangers: log.strangers.map((name) => log.fileOf({ name })),
    folderId: /^[0-9a-f]{32}$/i.test(folder.id) ? bareId(folder.id) : undefined,
    state,
    meta,
    lease,
    isLive: !assumeIdle && isLive(folder, log.slots.at(-1)?.name, now),
    now,
    seal: manifest && changesSince(manifest.files, sealedFiles(folder)),
  });
  return {
    id: folder.id,
    path: resolve(folder.path),
    shownAs: folder.path,
    events: subject.events.length,
    bytes: subject.bytes,
    reachable: subject.reachable,
    ...resumeOf(subject),
    findings: verify(subject, judgement, (slot) => log.fileOf(slot)),
  };
}

/** What a helper is asked for. */
export interface HelperTask {
  readonly verify: readonly VerifyJob[];
}

/** What a helper found in one conversation. */
export type HelperOutcome =
  | { readonly verified: Verified }
  /** Why it can't be verified: errors lose their class on the way between threads. */
  | { readonly failure: string };

export interface HelperVerified {
  readonly stats: ReadStats;
  readonly outcomes: readonly HelperOutcome[];
}

/** The same by a helper, who reads one file at a time. */
export async function verifyAsHelper(jobs: readonly VerifyJob[]): Promise<HelperVerified> {
  const pool = new ReadPool(1);
  const outcomes: HelperOutcome[] = [];
  for (const job of jobs) {
    try {
      outcomes.push({ verified: await verifyOne(job, pool) });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      outcomes.push({ failure: error.message });
    }
  }
  return { stats: pool.stats, outcomes };
}
