import { readSettledDocument, STATE } from '../conversation/document.ts';
import type { Folder } from '../conversation/folder.ts';
import type { EventLog } from '../conversation/log.ts';
import { type History, readHistory } from '../history/history.ts';
import type { Document } from '../model/document.ts';
import type { Filter } from '../query/filter.ts';
import type { Session } from './session.ts';

/** A conversation read from end to end. */
export interface Whole {
  readonly log: EventLog;
  readonly state: Document;
  readonly history: History;
}

/** Opens a conversation and reads all of it. @throws UsageError where it can't be read */
export async function openHistory(
  session: Session,
  operand: string | undefined,
  filter?: Filter,
): Promise<Whole> {
  return readWhole(session, session.locate(operand), filter);
}

/** Reads all of a conversation. @throws UsageError where it can't be read */
export async function readWhole(
  session: Session,
  folder: Folder,
  filter?: Filter,
  options?: { cached?: boolean },
): Promise<Whole> {
  // The state comes first: whatever it names was written before it, so the listing must have it.
  const state = await readSettledDocument(folder, STATE);
  const log = session.openFolder(folder, options);
  return { log, state, history: await readHistory(session.source(log), state, filter) };
}
