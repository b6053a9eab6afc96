import type { Fault } from '../../domain/event.ts';
import { kindKey } from '../../domain/event-kinds.ts';
import type { SlotConversation } from '../../domain/slot.ts';
import type { StateFile } from '../../domain/state-file.ts';
import type { BranchStatuses } from '../../history/branch-status.ts';
import type { EventRecord } from '../../history/event-record.ts';
import type { Subagents } from '../../history/subagents/subagents.ts';
import type { ReportContext } from '../../report/context.ts';
import { subagentsLine } from '../../report/subagents/text.ts';
import { pluralize } from '../../text/wording.ts';
import type { OpenedHistory } from '../../use-cases/open-history.ts';
import { EXIT } from '../exit-codes.ts';
import { withSuggestions } from '../nearest.ts';
import { bareKind } from '../options/filter-options.ts';
import type { AskedNames } from '../options/query-options.ts';
import type { Session } from '../session.ts';

/* What commands say on stderr about their answers: what is missing from them, and why they may be empty. */

/** Names the events that can't be read, and are missing from the answer. */
export function reportSkipped(
  { terminal }: Session,
  log: Pick<ReportContext, 'fileOf'>,
  skipped: readonly Fault[],
): void {
  for (const { slot, code, message } of skipped) {
    terminal.warn(`skipped ${log.fileOf(slot)}: ${code}: ${message}`);
  }
}

/** Warns that the state can't be read: then the leaf and other facts are known only as far as events give them. */
export function warnInvalidState({ terminal }: Session, state: StateFile): void {
  if (state.kind !== 'invalid') return;
  terminal.warn(
    `base_state.json: ${state.message}: leaf, status, model and usage are known only as far as events give them`,
  );
}

/**
 * Says up to where the branch is known, if that matters.
 *
 * @param marked how many events are marked, because it is not known whether they are on the branch
 * @param left how many are left out for the same reason
 * @param conversation the subagent that the branch is in; undefined for the outermost conversation
 */
export function warnUnknownBranch(
  { terminal }: Session,
  { unknownPart }: BranchStatuses,
  marked: number,
  left = 0,
  conversation?: SlotConversation,
): void {
  if (unknownPart === undefined || marked + left === 0) return;
  const events = pluralize(left, 'event');
  const rest = left > 0 ? `; ${events} left out, which can be on it or not` : '';
  terminal.warn(`${placeOf(conversation)}the branch is ${unknownPart}${rest}`);
}

/** What stands before a warning about a subagent. Empty for the outermost conversation. */
export function placeOf(conversation: SlotConversation | undefined): string {
  return conversation ? `${conversation.way}: ` : '';
}

/** Lists the kinds that occur, if one that the user asked for does not. @returns whether it did */
export async function noteUnknownKinds(
  { terminal }: Session,
  asked: readonly string[] | undefined,
  found: ReadonlySet<string>,
): Promise<boolean> {
  const keys = new Set([...found].map(kindKey));
  const missing = (asked ?? []).map(bareKind).filter((kind) => !keys.has(kindKey(kind)));
  if (missing.length === 0) return false;
  const { nearestKind } = await import('../suggest-kind.ts');
  const named = missing.map((kind) => {
    const near = nearestKind(kind, found);
    return near ? `${kind} (did you mean ${near}?)` : kind;
  });
  const kinds = [...found].map((kind) => kind || '(none)').sort();
  terminal.note(
    `found no event of kind ${named.join(', ')}; kinds found: ${kinds.join(', ') || 'none'}`,
  );
  return true;
}

/**
 * Says how many events match only in text that is not searched.
 *
 * @param complete every event that could match was looked at
 * @param words for one event and for several
 */
export function noteOnlyInFiles(
  { terminal }: Session,
  { onlyInFiles, complete }: { readonly onlyInFiles: number; readonly complete: boolean },
  [one, several]: readonly [string, string] = ['event matches', 'events match'],
): void {
  if (onlyInFiles === 0) return;
  const events = pluralize(onlyInFiles, one, several);
  terminal.note(
    `${complete ? '' : 'at least '}${events} only in whole files (old_content, new_content), which are not searched; ` +
      '--all-fields searches them',
  );
}

/** Lists the kinds and tools that occur, if one that the user asked for does not. */
export async function noteUnknownNames(
  session: Session,
  { kinds, tools }: AskedNames,
  records: readonly EventRecord[],
): Promise<void> {
  await noteUnknownKinds(session, kinds, new Set(records.map(({ entry }) => entry.kind)));
  noteUnknownTools(session, tools, new Set(records.flatMap(({ entry }) => entry.tool ?? [])));
}

/** Lists the tools that occur, if one that the user asked for does not. @returns whether it did */
export function noteUnknownTools(
  { terminal }: Session,
  asked: readonly string[] | undefined,
  found: ReadonlySet<string>,
): boolean {
  const missing = (asked ?? []).filter((name) => !found.has(name));
  if (missing.length === 0) return false;
  const names = [...found].sort();
  const named = withSuggestions(missing, names).join(', ');
  terminal.note(`found no event of tool ${named}; tools found: ${names.join(', ') || 'none'}`);
  return true;
}

/**
 * Says what the answer lacks because it is about one conversation without its subagents, and which of them can't be read.
 *
 * @param isIncluded the answer is about the subagents too
 */
export function noteSubagents(
  session: Session,
  report: Pick<ReportContext, 'subagents'>,
  isIncluded: boolean,
): void {
  const subagents = report.subagents();
  const line = subagentsLine(subagents);
  if (line !== '' && !isIncluded) session.terminal.note(`${line}; --subagents includes them`);
  warnLostSubagents(session, subagents);
}

/** Reports the subagents of which something can't be read. */
export function warnLostSubagents({ terminal }: Session, { items }: Subagents): void {
  for (const { way, problem } of items) {
    if (problem !== undefined) terminal.warn(`${way}: ${problem}`);
  }
}

/**
 * Ends work on a conversation that was read from end to end: says what the answer lacks, and keeps the index.
 *
 * @param exit the exit code if nothing is missing
 * @returns the exit code
 */
export async function finish(
  session: Session,
  { log, state, skipped }: OpenedHistory,
  exit: number,
): Promise<number> {
  warnInvalidState(session, state);
  reportSkipped(session, log, skipped);
  await session.close(log);
  return skipped.length > 0 ? EXIT.incomplete : exit;
}
