import { describeLost } from '../../domain/knowledge/lost-events.ts';
import { type Call, errorOf, resultOf, whyUnknown } from '../../history/calls.ts';
import type { EventText } from '../../history/outcome/explanation.ts';
import type { LoopSummary } from '../../history/outcome/loop-summary.ts';
import type { Outcome } from '../../history/outcome/outcome.ts';
import { andMore, pluralize } from '../../text/wording.ts';
import { fromEvent } from '../facts/coverage-text.ts';
import { shortId } from '../subagents/short-ids.ts';
import { type Cell, renderColumns } from '../text/columns.ts';
import { previewLine } from '../text/preview.ts';
import type { Style } from '../text/style.ts';
import { safeBlock, safeLine, safeText } from '../text/terminal-safe.ts';
import { wrap } from '../text/wrap.ts';
import type { WhyReport } from './types.ts';

/*
 * The answer fits the first screen for an ordinary conversation, so each part has a limit. Only a long error in full comes
 * after it. In rows of a terminal.
 */
const MAX_ERROR_ROWS = 8;
/** At the end there is room for an error in full. */
const MAX_WHOLE_ERROR_ROWS = 200;
const MAX_WORD_ROWS = 5;
const MAX_LISTED = 3;
/** Without a terminal, a text is cut only if it is much longer. */
const MAX_PIPE_ROWS = 200;

const INDENT = '  ';

/** How the conversation ended and why, and what led to it, most important first. Empty parts are left out. */
export async function whyText(report: WhyReport, style: Style): Promise<string> {
  const words = wordsText(report, style);
  const hasGoodEnd = report.ending.outcome === 'finished';
  const parts = [
    headText(report, style),
    await subagentsText(report, style),
    hasGoodEnd ? words : '',
    await unansweredText(report, style),
    await loopsText(report, style),
    errorText(report, style),
    await failedText(report, style),
    hasGoodEnd ? '' : words,
    resumeText(report, style),
    nextText(report, style),
    wholeErrorText(report, style),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

const COLORS = {
  finished: 'green',
  running: 'green',
  waiting: 'yellow',
  paused: 'yellow',
  unknown: 'yellow',
  error: 'red',
  stuck: 'red',
  lost: 'red',
} as const satisfies Record<Outcome, keyof Style['chalk']>;

function headText(report: WhyReport, style: Style): string {
  const { ending, facts, events, offBranch, missing, skipped, calls, failed } = report;
  const { chalk } = style;
  const { outcome } = ending;
  const meaning = outcome === 'lost' ? ' (no end, and nobody at work)' : '';
  const reason = wrapLines(`${outcome}${meaning}: ${safeLine(ending.reason)}`, style).join('\n');
  const head = chalk.bold(chalk[COLORS[outcome]](outcome));
  const { status } = facts;
  const known = [
    status ? `status ${safeLine(status.value)}${fromEvent(status.source)}` : 'status not known',
    pluralize(events, 'event'),
    ...(offBranch > 0 ? [`${offBranch} of them on other branches`] : []),
    ...(missing.length > 0 ? [describeLost(missing)] : []),
    ...(skipped.length > 0 ? [`${skipped.length} of them can't be read`] : []),
    ...(calls.length > 0 ? [`${failed.length} of ${pluralize(calls.length, 'call')} failed`] : []),
  ];
  const line = wrapLines(known.join(', '), style).map((row) => `${chalk.dim(row)}\n`);
  return `${head}${reason.slice(outcome.length)}\n${line.join('')}`;
}

/** A part with a title. @param lines safe to print */
function part(title: string, lines: readonly string[], { chalk }: Style): string {
  return [chalk.bold(title), ...lines.map((line) => `${INDENT}${line}`.trimEnd()), ''].join('\n');
}

/** A part with a title, and lines that are cut to fit the terminal. @param lines safe to print */
async function linesPart(title: string, lines: readonly string[], style: Style): Promise<string> {
  const rows = lines.map((line) => [{ text: `${INDENT}${line}` }]);
  return `${style.chalk.bold(title)}\n${await renderColumns([{}], rows, style)}`;
}

/** Wraps each line of a text to the terminal. Rows after the first one of a line begin at its margin. */
function wrapLines(text: string, style: Style, indent = 0): string[] {
  return text.split('\n').flatMap((line) =>
    wrap(line, style, indent)
      .split('\n')
      .map((row) => row.trimEnd()),
  );
}

/** The rows that a text takes. @param keep which rows stay if there are too many */
function rowsOf(text: string, max: number, keep: 'first' | 'last', style: Style): string[] {
  const safe = safeBlock(text.replaceAll('\t', '    '));
  const rows = wrapLines(safe, style, INDENT.length).filter(
    (row, at, all) => row !== '' || (all[at - 1] ?? '') !== '',
  );
  const limit = style.columns === undefined ? MAX_PIPE_ROWS : max;
  const more = rows.length - limit;
  if (more <= 0) return rows;
  const rest = style.chalk.dim(`… ${pluralize(more + 1, 'more line')}`);
  return keep === 'first' ? [...rows.slice(0, limit - 1), rest] : [rest, ...rows.slice(1 - limit)];
}

const placeOf = ({ record: { slot, entry } }: EventText) =>
  `#${slot.index}${entry.tool === undefined ? '' : ` ${safeLine(entry.tool)}`}`;

function errorText({ lastError, ending }: WhyReport, style: Style): string {
  if (!lastError || lastError.text.trim() === '') return '';
  const max = ending.outcome === 'finished' ? MAX_LISTED : MAX_ERROR_ROWS;
  const rows = rowsOf(lastError.text, max, 'last', style);
  return part(`last error (${placeOf(lastError)})`, rows, style);
}

/** The last error in full, if the part about it had no room for all of it. A conversation that went well has none. */
function wholeErrorText({ lastError, ending }: WhyReport, style: Style): string {
  if (!lastError || ending.outcome === 'finished' || style.columns === undefined) return '';
  const rows = rowsOf(lastError.text, MAX_WHOLE_ERROR_ROWS, 'last', style);
  return rows.length <= MAX_ERROR_ROWS
    ? ''
    : part(`the last error in full (${placeOf(lastError)})`, rows, style);
}

function wordsText({ lastWords }: WhyReport, style: Style): string {
  if (!lastWords) return '';
  const rows = rowsOf(lastWords.text, MAX_WORD_ROWS, 'first', style);
  return part(`the agent's last words (#${lastWords.record.slot.index})`, rows, style);
}

async function loopsText({ loops }: WhyReport, style: Style): Promise<string> {
  if (loops.length === 0) return '';
  const shown = loops.slice(-MAX_LISTED);
  const title =
    shown.length < loops.length ? `last ${MAX_LISTED} of ${loops.length} loops` : 'loops';
  return linesPart(title, shown.map(loopLine), style);
}

function loopLine({ loop, round, from, to }: LoopSummary): string {
  const { kind, times, period, sameAnswers } = loop;
  if (kind === 'same-error') {
    const about = round.map((call) => previewLine(errorOf(call) ?? '')).join('');
    return `${times}× a call with the same error (#${from} to #${to}): ${about}`;
  }
  const what = period === 1 ? 'the same call' : `the same ${period} calls`;
  const answers = sameAnswers ? ' with the same answer' : '';
  const about = round.map(({ subject }) => previewLine(subject.description)).join(' | ');
  return `${times}× ${what}${answers} (#${from} to #${to}): ${about}`;
}

/** What a call is about has at least so much room. In columns of the terminal. */
const MIN_ABOUT_COLUMNS = 20;

function callRows(
  calls: readonly Call[],
  noteOf: (call: Call) => string | undefined,
  style: Style,
): Promise<string> {
  const { chalk } = style;
  const rows = calls.flatMap((call): Cell[][] => {
    const { action, subject } = call;
    const note = noteOf(call);
    const row = [
      { text: `${INDENT}#${action.slot.index}`, paint: chalk.dim },
      { text: safeText(subject.entry.tool ?? '-'), paint: chalk.cyan },
      { text: resultOf(call) },
      { text: previewLine(subject.description) },
    ];
    if (note === undefined) return [row];
    const blank = { text: '' };
    return [row, [blank, blank, blank, { text: `↳ ${previewLine(note)}`, paint: chalk.red }]];
  });
  const columns = [
    {},
    { maxWidth: 12, rank: 0 },
    { maxWidth: 10, rank: 1 },
    { minWidth: MIN_ABOUT_COLUMNS },
  ];
  return renderColumns(columns, rows, style);
}

/** A part with calls. The title says how many there are. */
async function callsText(
  title: string,
  calls: readonly Call[],
  noteOf: (call: Call) => string | undefined,
  style: Style,
): Promise<string> {
  if (calls.length === 0) return '';
  return `${style.chalk.bold(title)}\n${await callRows(calls.slice(-MAX_LISTED), noteOf, style)}`;
}

function failedText({ failed, lastError }: WhyReport, style: Style): Promise<string> {
  // The error of the last one is shown in full already.
  const others = failed.filter(
    ({ answer }) => answer === undefined || answer !== lastError?.record,
  );
  const isCut = others.length > MAX_LISTED;
  const title = failed.length > others.length ? 'failed calls before' : 'failed calls';
  const counted = isCut ? `${title}, the last ${MAX_LISTED} of ${others.length}` : title;
  return callsText(counted, others, errorOf, style);
}

async function unansweredText(report: WhyReport, style: Style): Promise<string> {
  const { unanswered, undecided, facts } = report;
  const isPending = facts.status?.value === 'waiting_for_confirmation';
  const title = isPending ? 'calls that wait for confirmation' : 'calls without an answer';
  const more =
    unanswered.length > MAX_LISTED ? `, the last ${MAX_LISTED} of ${unanswered.length}` : '';
  const riskOf = ({ subject: { fields } }: Call) =>
    isPending && fields.risk !== undefined ? `risk: ${fields.risk}` : undefined;
  const known = await callsText(`${title}${more}`, unanswered, riskOf, style);
  const unknown = await callsText(
    'calls of which the answer can be lost',
    undecided,
    whyUnknown,
    style,
  );
  return [known, unknown].filter((one) => one !== '').join('\n');
}

async function subagentsText(report: WhyReport, style: Style): Promise<string> {
  const { subagentEnds: ends } = report;
  if (ends.length === 0) return '';
  const { items } = report.subagents();
  const lines = ends.slice(0, MAX_LISTED).map(({ subagent, ending }) => {
    const id = safeLine(shortId(subagent.id, items));
    return `${id} ${ending.outcome}: ${previewLine(ending.reason)}`;
  });
  const more = andMore(ends.length - lines.length);
  const title = `${ends.length} of ${pluralize(items.length, 'subagent')} did not finish`;
  return linesPart(more === '' ? title : `${title}; the first ${MAX_LISTED}`, lines, style);
}

const VERDICTS = {
  yes: 'can resume it',
  partly: 'can resume it, but only with the events before the gap',
  fresh: 'would start over: there is no state',
  no: 'cannot resume it',
  unknown: 'can perhaps resume it: a file that it needs was not read',
} as const;

/** Longer reasons are cut. In UTF-16 units. */
const MAX_REASON_CHARS = 300;

function resumeText({ verdict }: WhyReport, style: Style): string {
  const { sdk, resumes, resume_error: error } = verdict;
  const why = error
    ? safeLine(`: ${error.exception}: ${error.message}`.slice(0, MAX_REASON_CHARS))
    : '';
  return `${wrapLines(`SDK ${sdk} ${VERDICTS[resumes]}${why}`, style).join('\n')}\n`;
}

function nextText({ next }: WhyReport, style: Style): string {
  return next.length === 0 ? '' : part('look further', next.map(safeText), style);
}
