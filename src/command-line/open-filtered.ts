import type { SlotConversation } from '../domain/slot.ts';
import type { BranchCounts } from '../history/branch-status.ts';
import type { Filter } from '../query/filter.ts';
import type { EventLog } from '../reading/event-log.ts';
import { type BranchMarks, makeMarks } from '../report/text/branch-marks.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import type { OpenLogOptions } from '../use-cases/open-history.ts';
import { warnInvalidState, warnUnknownBranch } from './notices/notices.ts';
import { namingBranch } from './options/branch-option.ts';
import type { Session } from './session.ts';

/** A conversation that is queried with a filter, on one branch if one was selected. */
export interface FilteredLog {
  readonly log: EventLog;
  readonly filter: Filter;
  /** Undefined if no branch was selected. */
  readonly marks: BranchMarks | undefined;
  /** Undefined if no branch was selected. */
  readonly marked: BranchCounts | undefined;
}

/** How to open a conversation of a tree. */
interface MemberOptions {
  readonly options?: OpenLogOptions;
  /** Undefined for the outermost conversation. */
  readonly conversation?: SlotConversation | undefined;
}

/**
 * Opens a conversation to query it with a filter, on a branch if one is selected.
 *
 * @throws CoreError if it can't be listed
 * @throws UsageError for a branch that does not exist
 */
export async function openFiltered(
  session: Session,
  folder: ConversationFolder,
  filter: Filter,
  branch: string | undefined,
  { options, conversation }: MemberOptions = {},
): Promise<FilteredLog> {
  if (branch === undefined) {
    return { log: session.openLog(folder, options), filter, marks: undefined, marked: undefined };
  }
  // Loaded only when it is needed: most searches select no branch.
  const { openBranch } = await import('../use-cases/select-branch.ts');
  const opened = await namingBranch(() => openBranch(session, folder, filter, branch, options));
  // What can't be read of a subagent is part of what is said about all subagents.
  if (!conversation) warnInvalidState(session, opened.state);
  const { log, marked, statuses } = opened;
  const { unknown, leftOut } = marked;
  warnUnknownBranch(session, statuses, unknown - leftOut, leftOut, conversation);
  return { log, filter: opened.filter, marks: makeMarks(statuses), marked };
}
