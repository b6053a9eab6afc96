import { bareId, isConversationId } from '../domain/ids.ts';
import type { StateFile } from '../domain/state-file.ts';
import type { EventLog } from '../reading/event-log.ts';
import { writeTimesOf } from '../storage/event-storage.ts';
import { type IdleOptions, isLive } from '../storage/in-flight.ts';
import type { Zone } from '../time/zone.ts';
import type { RuleContextInput } from '../verification/rule-context.ts';

/** The files next to the events folder, and how the events are judged. */
interface JudgedFiles {
  readonly state: StateFile;
  readonly meta: StateFile;
  readonly lease: StateFile;
  readonly idle: IdleOptions;
}

/** What rules and verdicts get of a conversation, apart from its events. Nothing is compared with a seal. */
export function judgedInput(
  log: EventLog,
  { idle, ...files }: JudgedFiles,
  zone: Zone,
): Omit<RuleContextInput, 'scan' | 'judges'> {
  const { folder, slots } = log;
  const now = Date.now(); // not the start of the run, which can take long
  return {
    ...files,
    slots,
    unrecognized: log.unrecognized.map((name) => log.fileOf({ name })),
    folderId: isConversationId(folder.id) ? bareId(folder.id) : undefined,
    isLive: isLive(folder, slots.at(-1)?.name, now, idle),
    now,
    zone,
    writtenAt: writeTimesOf(log.storage),
    seal: undefined,
  };
}
