import { EXIT } from '../command-line/exit-codes.ts';
import type { FilterOptions } from '../command-line/options/filter-options.ts';
import type { Session } from '../command-line/session.ts';
import type { Fault } from '../domain/event.ts';
import type { StateFile } from '../domain/state-file.ts';
import { type History, readHistory } from '../history/history.ts';
import type { Filter } from '../query/filter.ts';
import type { EventLog } from '../reading/event-log.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { readSettledStateFile, STATE_FILE } from '../storage/read-state-file.ts';

/** A conversation read from end to end. */
export interface OpenedHistory {
  readonly log: EventLog;
  readonly state: StateFile;
  readonly history: History;
  /** Events that could not be read, and that the filter's names do not rule out. */
  readonly skipped: Fault[];
}

/** Opens a conversation and reads all of it. @throws UsageError where it can't be read */
export async function openHistory(
  session: Session,
  operand: string | undefined,
  filter?: Filter,
): Promise<OpenedHistory> {
  return readConversation(session, session.locate(operand), filter);
}

/** Reads all of a conversation. @throws UsageError where it can't be read */
export async function readConversation(
  session: Session,
  folder: ConversationFolder,
  filter?: Filter,
  options?: { cached?: boolean },
): Promise<OpenedHistory> {
  // The state comes first: whatever it names was written before it, so the listing must have it.
  const state = await readSettledStateFile(folder, STATE_FILE);
  const log = session.openFolder(folder, options);
  const history = await readHistory(session.source(log), state, filter);
  const skipped = history.faults.filter(({ slot }) => filter?.admitsSlot(slot) ?? true);
  return { log, state, history, skipped };
}

/**
 * Tells what the answer lacks, and keeps what was learned.
 *
 * @param exit the code if nothing is lacking
 * @returns the exit code
 */
export async function finish(
  session: Session,
  whole: OpenedHistory,
  exit: number,
): Promise<number> {
  const { log, state, skipped } = whole;
  tellState(session, state);
  session.reportSkipped(log, skipped);
  await session.close(log);
  return skipped.length > 0 ? EXIT.incomplete : exit;
}

/** Says that a state can't be read: then other events seem to be on the active branch. */
export function tellState({ terminal }: Session, state: StateFile): void {
  if (state.kind !== 'invalid') return;
  terminal.warn(
    `base_state.json: ${state.message}: the last event is taken for the leaf; tokens and cost are not known`,
  );
}

/** Says which kinds and tools there are, where one that was asked for is not among them. */
export async function tellUnknown(
  session: Session,
  { kind, tool }: FilterOptions,
  { records }: History,
): Promise<void> {
  await session.noteUnknownKinds(kind, new Set(records.map(({ entry }) => entry.kind)));
  const there = new Set(records.flatMap(({ entry }) => entry.tool ?? []));
  const missing = (tool ?? []).filter((name) => !there.has(name));
  if (missing.length === 0) return;
  const named = [...there].sort().join(', ') || 'none';
  session.terminal.note(`no event is of tool ${missing.join(', ')}; tools there: ${named}`);
}
