import { EXIT } from '../../command-line/exit-codes.ts';
import type { EventOutputPlan } from '../../command-line/options/event-output-options.ts';
import type { Session } from '../../command-line/session.ts';
import { UsageError } from '../../command-line/usage-error.ts';
import { CoreError } from '../../domain/errors.ts';
import type { Fault } from '../../domain/event.ts';
import { AllFollower, type FollowedInAll } from '../../following/follow-all.ts';
import type { FollowedMember } from '../../following/followed-member.ts';
import { conversationsUnder, findRoots, type Root } from '../../locating/roots.ts';
import { eachOnce } from '../../locating/search-folders.ts';
import { subagentsOf } from '../../locating/subagents.ts';
import { warnOnce } from '../../locating/warn-once.ts';
import type { Filter } from '../../query/filter.ts';
import { safeText } from '../../report/text/terminal-safe.ts';
import type { ConversationFolder } from '../../storage/conversation-folder.ts';
import { readTitle } from '../../storage/conversation-state.ts';
import { pluralize } from '../../text/wording.ts';
import { END_STATUSES } from './follow-one.ts';
import { removedText, statusText } from './follow-texts.ts';
import { lastEvents } from './last-events.ts';
import { type Print, printer, printOutcome } from './print-events.ts';

/** What `tail -f --all` needs. */
export interface FollowAllPlan {
  /** A folder in place of the roots. */
  readonly conversation: string | undefined;
  readonly filter: Filter;
  readonly lines: number;
  readonly output: EventOutputPlan;
}

/** Prints the last events of all conversations under the roots, subagents included, and then every new one. It has no end of its own. */
export async function followAll(plan: FollowAllPlan, session: Session): Promise<number> {
  const { terminal, scheduler, limits } = session;
  const warned = new Set<string>();
  const { find, parentOf } = discovery(plan.conversation, session, warned);
  const follower = new AllFollower({ discover: find, scheduler, limits, ends: END_STATUSES });
  const { members } = follower;
  const subagents = members.filter(({ folder }) => parentOf(folder)).length;
  const counted = pluralize(members.length - subagents, 'conversation');
  const nested = subagents > 0 ? ` and ${pluralize(subagents, 'subagent')}` : '';
  terminal.note(
    members.length === 0
      ? 'no conversation yet; waiting for the first one'
      : `following ${counted}${nested}, and new ones`,
  );
  const printerOf = printers(plan.output, session, parentOf);
  const skipped: Fault[] = [];
  for await (const { member, read } of lastEvents(members, plan, session, skipped)) {
    await printerOf(member)(read);
  }
  for await (const followed of follower.follow()) {
    // Looking for conversations can have reported the same.
    if (followed.kind === 'lost' && warned.has(followed.message)) continue;
    await show(followed, plan.filter, session, printerOf(followed.member));
  }
  return EXIT.done;
}

async function show(
  followed: FollowedInAll,
  filter: Filter,
  session: Session,
  print: Print,
): Promise<void> {
  const { terminal } = session;
  const { folder } = followed.member;
  switch (followed.kind) {
    case 'outcome':
      return printOutcome(
        followed.outcome,
        filter,
        session,
        filesOf(followed.member),
        print,
        [], // it is printed when it is noticed
      );
    case 'ended':
      return terminal.note(`${folder.id}: ${statusText(followed.status)}`);
    case 'removed':
      return terminal.warn(removedText(followed.files, folder));
    case 'lost':
      return terminal.warn(`${folder.id}: ${followed.message}; the others are followed further`);
  }
}

/** Names files with their conversation. */
function filesOf({ folder, reader }: FollowedMember) {
  return {
    fileOf: (slot: { readonly name: string }) => `${folder.id}/${reader.storage.fileOf(slot)}`,
  };
}

/** The conversations that are followed. */
interface Discovery {
  /** Finds the conversations of the roots as they are now, each followed by its subagents. */
  find(): readonly ConversationFolder[];
  /** The conversation that directly contains a subagent; undefined for another conversation. */
  parentOf(folder: ConversationFolder): ConversationFolder | undefined;
}

/** @param warned receives what was reported, each once */
function discovery(operand: string | undefined, session: Session, warned: Set<string>): Discovery {
  const { roots: given, env } = session.lookup;
  const roots = operand === undefined ? given : [operand];
  const warn = warnOnce((message) => session.terminal.warn(message), warned);
  const parents = new Map<string, ConversationFolder>();
  let before = new Set<string>();
  const find = () => {
    const problems = new Set<string>();
    const all = conversationsUnder(rootsNow(roots, env), warn).flatMap((outermost) => {
      const found = subagentsOf(outermost);
      for (const { folder, parent } of found.folders) parents.set(folder.path, parent);
      for (const { path, message, isMissing } of found.problems) {
        if (isMissing) problems.add(`${path}: ${message}`);
      }
      return [outermost, ...found.folders.map(({ folder }) => folder)];
    });
    // A subagent that is being created is no conversation for a moment.
    for (const problem of problems) if (before.has(problem)) warn(problem);
    before = problems;
    return eachOnce(all);
  };
  return { find, parentOf: ({ path }) => parents.get(path) };
}

/** The roots that exist. None of the known ones has to exist yet. @throws UsageError for a given one that is no folder */
function rootsNow(roots: readonly string[], env: NodeJS.ProcessEnv): Root[] {
  try {
    return findRoots({ roots, env });
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    if (error.code === 'no-root') return [];
    throw new UsageError(error.message);
  }
}

/**
 * Returns the printer of a conversation. Lines of text begin with the id; on a terminal, a heading stands where the
 * conversation changes.
 */
function printers(
  output: EventOutputPlan,
  session: Session,
  parentOf: Discovery['parentOf'],
): (member: FollowedMember) => Print {
  const { terminal } = session;
  const hasHeadings = terminal.style.isTerminal && output.format === 'text';
  let shown: ConversationFolder | undefined;
  return ({ folder, reader, lastIndex }) => {
    const log = { folder, fileOf: reader.storage.fileOf.bind(reader.storage) };
    const print = printer(output, session, log, {
      lastIndex: Math.max(0, lastIndex),
      marks: undefined,
      withId: !hasHeadings,
    });
    if (!hasHeadings) return print;
    return async (read) => {
      if (shown?.path !== folder.path) {
        const title = readTitle(folder);
        const parent = parentOf(folder);
        const parts = [folder.id, parent && `(subagent of ${parent.id})`, title];
        const heading = safeText(parts.filter((part) => part !== undefined).join(' '));
        await terminal.write([`${shown ? '\n' : ''}${terminal.style.chalk.bold(heading)}\n`]);
      }
      shown = folder;
      await print(read);
    };
  };
}
