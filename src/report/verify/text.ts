import { posix } from 'node:path';
import { formatNumber } from '../../text/wording.ts';
import { groupBy } from '../../verification/group-events.ts';
import type { VerifiedConversation } from '../../verification/verified-conversation.ts';
import { type Column, columnLines } from '../text/columns.ts';
import type { Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import { fit, widthOf } from '../text/unicode-width.ts';
import { wrap } from '../text/wrap.ts';
import { type FindingGroup, groupPlaces, groupsOf, messagesOf, shortLine } from './groups.ts';
import { placesOf } from './places.ts';
import { isVerdict, reasonOf } from './reason.ts';
import { namesOf, totalsLines, worstFirst } from './summary.ts';
import type { ReportedConversation, VerifyReport } from './types.ts';

/** How many different messages of a code are shown for a conversation. */
const MAX_MESSAGES = 5;
/** The part of the width that names may take in the summary. */
const MAX_NAME_SHARE = 0.45;

/**
 * Prints findings by conversation, the worst first, and by code, with what the SDK does said where a code comes first.
 * Then comes a line for each conversation that is not fine, and the totals.
 */
export async function* verifyText(report: VerifyReport, style: Style): AsyncIterable<string> {
  // What is fitted to the terminal stays as it is.
  for await (const piece of linesOf(report, style))
    yield wrap(piece, style).replace(/ +(?=\n)/g, '');
}

async function* linesOf(report: VerifyReport, style: Style): AsyncIterable<string> {
  if (report.conversations.length === 0) return; // the reason is already on stderr
  const conversations = worstFirst(report.conversations);
  const explained = new Set<string>();
  if (!report.isSummary) {
    for (const conversation of conversations) yield* detailLines(conversation, explained, style);
  }
  yield* summaryLines(conversations, style);
  yield* totalsLines(report, style);
}

function* detailLines(
  conversation: ReportedConversation,
  explained: Set<string>,
  style: Style,
): Iterable<string> {
  const { shownAs, path, findings, resumes_by_sdk: ranges } = conversation;
  if (findings.length === 0 && ranges === undefined) return;
  yield `${style.chalk.bold(safeText(shownAs))}\n`;
  yield* versionLines(conversation, style);
  yield* verdictLine(conversation, style);
  for (const group of groupsOf(findings)) {
    yield* groupLines(group, path, style);
    if (explained.has(group.code)) continue;
    explained.add(group.code);
    yield indented(`→ ${group.consequence}`, 4, style, style.chalk.dim);
  }
  yield '\n';
}

const RESUMES_IN_WORDS = {
  yes: 'can resume it',
  partly: 'can resume it up to the gap',
  fresh: 'would start over',
  no: 'cannot resume it',
  unknown: 'can perhaps resume it',
} as const;

/** What each version makes of the conversation, if all were asked. */
function* versionLines(
  { resumes_by_sdk: ranges }: VerifiedConversation,
  style: Style,
): Iterable<string> {
  for (const { from, to, resumes, resume_error: error } of ranges ?? []) {
    const versions = from === to ? from : `${from} to ${to}`;
    const why = error ? `: ${shortLine(`${error.exception}: ${error.message}`)}` : '';
    yield indented(`SDK ${versions} ${RESUMES_IN_WORDS[resumes]}${why}`, 2, style);
  }
}

/** Why it can't be resumed, if no finding says so. */
function* verdictLine(
  { sdk, resume_error: error, findings, known }: ReportedConversation,
  style: Style,
): Iterable<string> {
  if (!error || [...findings, ...known].some(({ code }) => isVerdict(code))) return;
  yield indented(
    shortLine(`SDK ${sdk} cannot resume it: ${error.exception}: ${error.message}`),
    2,
    style,
  );
}

function* groupLines(group: FindingGroup, path: string, style: Style): Iterable<string> {
  yield `${headOf(group, path, style)}\n`;
  const messages = messagesOf(group);
  for (const { message, findings } of messages.slice(0, MAX_MESSAGES)) {
    const places = messages.length > 1 ? placesOf(findings) : '';
    yield indented(places === '' ? message : `${places}: ${message}`, 4, style);
  }
  const more = messages.slice(MAX_MESSAGES).flatMap(({ findings }) => findings);
  if (more.length > 0)
    yield indented(`and ${formatNumber(more.length)} more: ${placesOf(more)}`, 4, style);
}

/** `  error truncated-json #4 events/event-00004-….json:1:101`. A narrow terminal gets no file name. */
function headOf(group: FindingGroup, path: string, style: Style): string {
  const { chalk, columns = Number.POSITIVE_INFINITY } = style;
  const { code, severity, findings } = group;
  const [{ file, line, column }] = findings;
  const paint = { error: chalk.red, warning: chalk.yellow, info: chalk.blue }[severity];
  const places = groupPlaces(group);
  const room = columns - widthOf(`  ${severity} ${code} ${places} `);
  const head = `  ${paint(severity)} ${chalk.bold(code)}`;
  if (findings.length > 1 || file === null)
    return `${head} ${fit(places, room + places.length)}`.trimEnd();
  const linked = style.link(places, posix.join(path, file));
  const position = [line, column].flatMap((part) => (part === undefined ? [] : `:${part}`));
  const rest = `${safeText(file)}${position.join('')}`;
  // A name that is cut says nothing that the place does not say.
  const isNamed = safeText(file) !== places && widthOf(rest) <= room;
  return `${head} ${linked}${isNamed ? ` ${chalk.dim(rest)}` : position.join('')}`;
}

/** A line for each conversation that is not fine, with the reason, below what is true of several. */
async function* summaryLines(
  conversations: readonly ReportedConversation[],
  style: Style,
): AsyncIterable<string> {
  const nameOf = namesOf(conversations, style.columns !== undefined);
  const lines = conversations.flatMap((conversation) => {
    const reason = reasonOf(conversation);
    return reason ? [{ conversation, reason }] : [];
  });
  for (const [verdict, group] of groupBy(lines, ({ reason }) => reason.verdict)) {
    yield `${style.chalk.bold(`${capitalized(verdict)}:`)}\n`;
    const [first, ...others] = group.map(({ conversation, reason: { detail } }) => {
      const paint = conversation.fails ? style.chalk.red : style.chalk.yellow;
      return { name: nameOf(conversation), detail, paint };
    });
    if (first && others.length === 0) {
      yield indented([first.name, first.detail].filter(Boolean).join(': '), 2, style);
    } else {
      const rows = [first, ...others].flatMap((line) =>
        line ? [[{ text: `  ${line.name} `, paint: line.paint }, { text: line.detail }]] : [],
      );
      for (const [, detail] of rows) {
        if (detail && isTooLong(detail.text, style)) detail.text = shortened(detail.text);
      }
      // What is still too long is wrapped, not cut.
      const wrapped = await columnLines([columnOf(style), {}], rows, style, true);
      yield wrapped.map((text) => `${text}\n`).join('');
    }
  }
  if (lines.length > 0) yield '\n';
}

function columnOf({ columns }: Style): Column {
  return columns === undefined ? {} : { maxWidth: Math.floor(columns * MAX_NAME_SHARE) };
}

/** Whether a reason would be cut, if the names before it take their share of the width. */
function isTooLong(detail: string, { columns }: Style): boolean {
  return columns !== undefined && detail.length > columns * (1 - MAX_NAME_SHARE);
}

/** A reason without what says least: the path to a field, of which the last part says most, and the name of the exception. */
function shortened(detail: string): string {
  return detail
    .replace(/(?<=^|: )(?:\w{1,80}\.){1,9}(?=[a-zA-Z_]\w{0,79}: )(?!json: )/, '…')
    .replace(/ \(\w{1,80}\)$/, '');
}

const capitalized = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** A text that is wrapped to the width of the terminal, with each line indented. */
function indented(
  text: string,
  indent: number,
  style: Style,
  paint = (line: string) => line,
): string {
  const space = ' '.repeat(indent);
  const lines = wrap(text, style, indent).split('\n');
  return lines.map((line) => `${space}${paint(line.trim())}\n`).join('');
}
