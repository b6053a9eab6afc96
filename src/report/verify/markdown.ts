import { formatNumber, pluralize } from '../../text/wording.ts';
import { inCode, inHtmlCode } from '../export/markdown-safe.ts';
import { type FindingGroup, groupPlaces, groupsOf, messagesOf } from './groups.ts';
import { reasonOf, reasonText } from './reason.ts';
import { checkedText, severitiesText, verdictsText, worstFirst } from './summary.ts';
import type { ReportedConversation, VerifyReport } from './types.ts';

/*
 * A summary of a step in GitHub Actions may have 1 MiB. The bounds below keep a page of the longest texts under it.
 */

/** Conversations that are listed with their reason. */
const MAX_LISTED = 200;
/** Conversations that are shown with their findings, most severe first. */
const MAX_DETAILED = 50;
/** Codes shown for a conversation, and messages for a code. */
const MAX_GROUPS = 20;
const MAX_MESSAGES = 3;
/** Stops before the page gets too long for GitHub. In UTF-16 units, of which each takes up to 3 bytes. */
const MAX_PAGE_CHARS = 300_000;

/** Prints a Markdown page, for the summary of a step in GitHub Actions, or a comment. */
export function* verifyMarkdown(report: VerifyReport): Iterable<string> {
  let length = 0;
  for (const block of blocksOf(report)) {
    length += block.length;
    if (length > MAX_PAGE_CHARS) {
      yield '\nThe rest does not fit.\n';
      return;
    }
    yield block;
  }
}

function* blocksOf(report: VerifyReport): Iterable<string> {
  const { ok, totals, failures, baseline } = report;
  yield `## ${ok ? '✅' : '❌'} convoscope verify\n\n`;
  yield `**${severitiesText(report)}** in ${checkedText(report)}\n`;
  if (totals.conversations > 0) yield `\n${verdictsText(totals.resumes)}\n`;
  if (failures > 0) yield `\n**could not verify ${failures} more**\n`;
  if (baseline && baseline.known > 0)
    yield `\n${pluralize(baseline.known, 'known finding')} left out\n`;
  if (baseline && baseline.gone.length > 0) {
    yield `\n${pluralize(baseline.gone.length, 'known finding')} gone\n`;
  }
  const conversations = worstFirst(report.conversations);
  yield* reasonBlocks(conversations);
  const withFindings = conversations.filter(({ findings }) => findings.length > 0);
  const explained = new Set<string>();
  for (const one of withFindings.slice(0, MAX_DETAILED)) yield detailBlock(one, explained);
  const more = withFindings.length - MAX_DETAILED;
  if (more > 0)
    yield `\nand ${pluralize(more, 'more conversation', 'more conversations')} with findings\n`;
}

/** A line for each conversation that is not fine, with the reason. */
function* reasonBlocks(conversations: readonly ReportedConversation[]): Iterable<string> {
  const lines = conversations.flatMap((conversation) => {
    const reason = reasonOf(conversation);
    const mark = conversation.fails ? '❌' : '⚠️';
    return reason === undefined
      ? []
      : [`- ${mark} ${inCode(conversation.shownAs)}: ${inCode(reasonText(reason))}\n`];
  });
  if (lines.length > 0) yield '\n### Not fine\n\n';
  yield* lines.slice(0, MAX_LISTED);
  const more = lines.length - MAX_LISTED;
  if (more > 0) yield `- and ${formatNumber(more)} more\n`;
}

function detailBlock(conversation: ReportedConversation, explained: Set<string>): string {
  const groups = groupsOf(conversation.findings);
  const count = pluralize(conversation.findings.length, 'finding');
  const more = groups.length - MAX_GROUPS;
  return [
    `\n<details><summary>${inHtmlCode(conversation.shownAs)}: ${count}</summary>\n\n`,
    ...groups.slice(0, MAX_GROUPS).map((group) => groupBlock(group, explained)),
    ...(more > 0 ? [`- and ${pluralize(more, 'more code')}\n`] : []),
    '\n</details>\n',
  ].join('');
}

function groupBlock(group: FindingGroup, explained: Set<string>): string {
  const { severity, code, consequence } = group;
  const places = groupPlaces(group);
  const messages = messagesOf(group);
  const more = messages.length - MAX_MESSAGES;
  const isNew = !explained.has(code);
  explained.add(code);
  return [
    `- **${severity} ${code}**${places === '' ? '' : ` at ${inCode(places)}`}\n`,
    ...messages.slice(0, MAX_MESSAGES).map(({ message }) => `  - ${inCode(message)}\n`),
    ...(more > 0 ? [`  - and ${formatNumber(more)} more\n`] : []),
    ...(isNew ? [`  - → ${consequence}\n`] : []),
  ].join('');
}
