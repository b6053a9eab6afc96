import { resolve } from 'node:path';
import { UsageError } from '../domain/errors.ts';
import type { EventSource } from '../domain/event-source.ts';
import type { Manifest } from '../domain/manifest.ts';
import { bareId } from '../domain/slot.ts';
import { EventLog } from '../reading/event-log.ts';
import { ReadScheduler, type ReadStats } from '../reading/read-scheduler.ts';
import type { VerifiedConversation } from '../report/verify/types.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { isLive } from '../storage/in-flight.ts';
import {
  LEASE_FILE,
  META_FILE,
  readSettledStateFile,
  readStateFile,
  STATE_FILE,
} from '../storage/read-state-file.ts';
import { sealedFiles } from '../storage/seal.ts';
import { resumeOf } from '../verification/resume.ts';
import { makeRuleContext } from '../verification/rule-context.ts';
import { changesSince } from '../verification/seal-changes.ts';
import { type RuleConfig, verify } from '../verification/verify.ts';

/** One conversation to be verified. Plain data, so that other threads can do it. */
export interface VerifyJob {
  readonly folder: ConversationFolder;
  readonly config: RuleConfig;
  readonly assumeIdle: boolean;
  readonly manifest?: Manifest | undefined;
}

/**
 * Verifies one conversation. No index is trusted: every byte is read.
 *
 * @param watched lets somebody see how far the reading is
 * @throws UsageError where it can't be read
 */
export async function verifyConversation(
  { folder, config, assumeIdle, manifest }: VerifyJob,
  scheduler: ReadScheduler,
  watched: (log: EventLog) => Pick<EventSource, 'slots' | 'scan'> = (log) => ({
    slots: log.slots,
    scan: (...args) => log.scan(...args),
  }),
): Promise<VerifiedConversation> {
  const read = assumeIdle ? readStateFile : readSettledStateFile;
  // The state comes first: whatever it names was written before it, so the listing must have it.
  const state = await read(folder, STATE_FILE);
  const [meta, lease] = [await read(folder, META_FILE), await read(folder, LEASE_FILE)];
  const log = new EventLog(folder, scheduler, { assumeIdle });
  const now = Date.now(); // this very moment: a run can take long
  const context = await makeRuleContext({
    ...watched(log),
    unrecognized: log.strangers.map((name) => log.fileOf({ name })),
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
    events: context.events.length,
    bytes: context.bytes,
    reachable: context.reachable,
    ...resumeOf(context),
    findings: verify(context, config, (slot) => log.fileOf(slot)),
  };
}

/** What a helper is asked for. */
export interface HelperTask {
  readonly verify: readonly VerifyJob[];
}

/** What a helper found in one conversation. */
export type HelperOutcome =
  | { readonly verified: VerifiedConversation }
  /** Why it can't be verified: errors lose their class on the way between threads. */
  | { readonly failure: string };

export interface HelperVerified {
  readonly stats: ReadStats;
  readonly outcomes: readonly HelperOutcome[];
}

/** The same by a helper, who reads one file at a time. */
export async function verifyAsHelper(jobs: readonly VerifyJob[]): Promise<HelperVerified> {
  const scheduler = new ReadScheduler(1);
  const outcomes: HelperOutcome[] = [];
  for (const job of jobs) {
    try {
      outcomes.push({ verified: await verifyConversation(job, scheduler) });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      outcomes.push({ failure: error.message });
    }
  }
  return { stats: scheduler.stats, outcomes };
}
