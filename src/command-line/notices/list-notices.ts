import { fromEvent } from '../../report/facts/coverage-text.ts';
import type { ListedConversation } from '../../report/ls/types.ts';
import { subagentsLine } from '../../report/subagents/text.ts';
import { andMore, listSome, pluralize } from '../../text/wording.ts';
import type { Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

/** What of the plan of `ls` decides what is said. */
interface ListPlan {
  readonly limit: number | undefined;
  readonly statuses: readonly string[] | undefined;
  readonly isTree: boolean;
}

/** What was found, and what of it is listed. */
interface ListedParts {
  readonly all: readonly ListedConversation[];
  readonly found: readonly ListedConversation[];
  /** Left out, because it is not known whether they belong in the list. */
  readonly undecided: readonly ListedConversation[];
  readonly items: readonly ListedConversation[];
  readonly roots: readonly string[];
}

/** A note names no more conversations. */
const MAX_NAMED = 5;

/** Says what the list leaves out, and why it may be empty. */
export function noteListed(
  { terminal }: Session,
  { limit, statuses, isTree }: ListPlan,
  { all, found, undecided, items, roots }: ListedParts,
): void {
  for (const { id } of undecided) {
    terminal.warn(`${id}: left out, because what can't be read decides whether it belongs here`);
  }
  for (const { id, faults } of items) {
    const [first, ...others] = faults;
    if (!first) continue;
    const more = andMore(others.length);
    terminal.warn(`${id}: can't be read: ${first.slot.name}: ${first.message}${more}; see verify`);
  }
  const fromEvents = items.filter(({ facts }) => facts.status?.source.kind === 'event');
  // On a terminal, the status is shown only if it was asked for.
  const isStatusShown = statuses !== undefined || terminal.style.columns === undefined;
  if (fromEvents.length > 0 && isStatusShown) {
    const named = fromEvents.map(({ id, facts }) => `${id}${fromEvent(facts.status?.source)}`);
    terminal.note(`status from events, not from base_state.json: ${listSome(named, MAX_NAMED)}`);
  }
  if (!isTree) noteSubagents(terminal, items);
  if (found.length > items.length) {
    terminal.note(`stopped at --limit ${limit}; there are ${found.length}`);
  }
  if (all.length === 0) terminal.note(`no conversation under ${roots.join(', ')}`);
  else if (found.length + undecided.length === 0 && statuses) {
    const present = [...new Set(all.map(({ facts }) => facts.status?.value ?? '-'))].sort();
    terminal.note(
      `none of ${all.length} has the status ${statuses.join(' or ')}; statuses found: ${present.join(', ')}`,
    );
  }
}

/** Says how many subagents the list does not show, and which of them can't be read. */
function noteSubagents(terminal: Terminal, items: readonly ListedConversation[]): void {
  const parents = items.filter(({ subagents }) => subagents.items.length > 0);
  const count = parents.reduce((sum, { subagents }) => sum + subagents.items.length, 0);
  for (const { id, subagents } of parents) {
    for (const { way, problem } of subagents.items) {
      if (problem !== undefined) terminal.warn(`${id}: ${way}: ${problem}`);
    }
  }
  const [first, ...others] = parents;
  if (!first) return;
  const what =
    others.length === 0
      ? `${first.id}: ${subagentsLine(first.subagents)}`
      : `${pluralize(count, 'subagent')} of ${pluralize(parents.length, 'conversation')}, not counted here`;
  terminal.note(`${what}; --tree lists them`);
}
