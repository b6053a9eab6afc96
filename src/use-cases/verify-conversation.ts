import { resolve } from 'node:path';
import type { EventSource } from '../domain/scan.ts';
import type { Manifest } from '../domain/seal-manifest.ts';
import { EventLog } from '../reading/event-log.ts';
import type { ReadScheduler } from '../reading/read-scheduler.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { FolderStorage } from '../storage/folder-storage.ts';
import type { IdleOptions } from '../storage/in-flight.ts';
import type { ReadLimits } from '../storage/read-limits.ts';
import {
  LEASE_FILE,
  META_FILE,
  readSettledStateFile,
  readStateFile,
  STATE_FILE,
} from '../storage/read-state-file.ts';
import { sealedFiles } from '../storage/seal.ts';
import { monotonicMs } from '../time/monotonic.ts';
import { findZone, localZone, type Zone } from '../time/zone.ts';
import { judge } from '../verification/judge.ts';
import { changesSince } from '../verification/seal-changes.ts';
import type { VerifiedConversation } from '../verification/verified-conversation.ts';
import { type RuleConfig, verify } from '../verification/verify.ts';
import { judgedInput } from './judged-input.ts';

/** One conversation to verify. Plain data, so that it can be sent to other threads. */
export interface VerifyJob extends IdleOptions {
  readonly folder: ConversationFolder;
  readonly config: RuleConfig;
  /** The zone of timestamps without an offset, by name. Default: this machine's. */
  readonly timeZone?: string | undefined;
  /** How much of an event is read and parsed. */
  readonly limits: ReadLimits;
  /** The SDK version that judges, `all`, or undefined for the newest one. */
  readonly sdk?: string | undefined;
  /** The seal that the conversation is compared with. */
  readonly manifest?: Manifest | undefined;
}

type ScannedLog = Pick<EventSource, 'slots' | 'scan'>;

/**
 * Verifies one conversation. It trusts no index: every byte is read.
 *
 * @param sourceOf wraps the log, to show the progress of the reading
 * @throws CoreError if the conversation can't be read
 */
export async function verifyConversation(
  {
    folder,
    config,
    assumeIdle = false,
    atRest = false,
    limits,
    manifest,
    timeZone,
    sdk,
  }: VerifyJob,
  scheduler: ReadScheduler,
  sourceOf: (log: EventLog) => ScannedLog = (log) => log,
): Promise<VerifiedConversation> {
  const start = monotonicMs();
  const idle = { assumeIdle, atRest };
  const read = assumeIdle ? readStateFile : readSettledStateFile;
  // The state is read first. Every event that it names was written before it, so the listing must contain it.
  const state = await read(folder, STATE_FILE);
  const [meta, lease] = [await read(folder, META_FILE), await read(folder, LEASE_FILE)];
  const log = new EventLog(new FolderStorage(folder, limits), scheduler, idle);
  const source = sourceOf(log);
  const files = { state, meta, lease, idle };
  const input = {
    ...judgedInput(log, files, zoneNamed(timeZone)),
    slots: source.slots,
    scan: source.scan.bind(source),
    seal: manifest && changesSince(manifest.files, sealedFiles(folder)),
  };
  const { context, resume } = await judge(input, sdk);
  const findings = verify(context, config, (slot) => log.fileOf(slot));
  return {
    id: folder.id,
    path: resolve(folder.path),
    shownAs: folder.path,
    events: context.events.length,
    unreadable: context.events.filter(({ fault }) => fault).length,
    bytes: context.bytes,
    reachable: context.reachable,
    ...resume,
    findings,
    durationMs: monotonicMs() - start,
  };
}

const zoneNamed = (name: string | undefined): Zone =>
  (name !== undefined && findZone(name)) || localZone();
