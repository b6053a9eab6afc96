import { MAX_DESCRIPTION_CHARS } from '../../domain/event-descriptions.ts';
import { largest } from '../../domain/numbers/extremes.ts';
import {
  type Call,
  errorOf,
  hasFailed,
  isSubjectKnown,
  resultOf,
  whyUnknown,
} from '../../history/calls.ts';
import { type ShortPaths, shortPaths } from '../../history/comparison/short-paths.ts';
import type { Loop } from '../../history/loops.ts';
import { pathOf } from '../context.ts';
import { conversationColumn, shortId } from '../subagents/short-ids.ts';
import { formatDuration } from '../text/amounts.ts';
import { bracketed } from '../text/branch-marks.ts';
import { type Cell, type Column, columnLines } from '../text/columns.ts';
import { folderNote } from '../text/folder-note.ts';
import { previewLine } from '../text/preview.ts';
import { isNarrow, type Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import { formatTime } from '../text/time.ts';
import { type FoldedCalls, foldCalls } from './fold.ts';
import { formatLoop } from './loop-text.ts';
import { legendOf, marksOf, otherRisk } from './marks.ts';
import type { CallsReport } from './types.ts';

/** On a narrower terminal, tools have no column. In columns. */
const MIN_TOOL_COLUMNS = 72;

/** What the lines share. */
interface CallsLayout {
  readonly report: CallsReport;
  readonly style: Style;
  readonly paths: ShortPaths;
  readonly hasMarks: boolean;
  /** The tool has a column. Else it is before a text that does not show it. */
  readonly hasTools: boolean;
  /** The date is above the calls of a day. Else it is in each line, if there are several. */
  readonly hasDateLines: boolean;
}

/**
 * One line per call, or per repeated call. Below a failed call is a line with its error, and below an unknown outcome why
 * it is unknown. What many lines share is said once: the date above them, the folder at the top.
 */
export async function callsText(report: CallsReport, style: Style): Promise<string> {
  const { calls, view } = report;
  const dates = new Set(calls.map((call) => dateOf(call, report)));
  const layout: CallsLayout = {
    report,
    style,
    paths: shortPaths(report.allCalls, { shown: calls }),
    hasMarks: calls.some((call) => marksOf(call, report) !== ''),
    hasTools: style.columns === undefined || style.columns >= MIN_TOOL_COLUMNS,
    hasDateLines: report.isInOrder || dates.size <= 1,
  };
  const folded =
    view.folds && report.isInOrder
      ? foldCalls(calls, (call) => keyOf(call, report))
      : calls.map((call) => ({ first: call, calls: [call], isWholeLoop: false }));
  const lines = await callLines(folded, layout);
  const notes = await noteLines(folded, layout);
  const text = [...(await headLines(layout))];
  let date: string | undefined;
  for (const [at, { first }] of folded.entries()) {
    const day = dateOf(first, report);
    if (layout.hasDateLines && day !== '' && day !== date) text.push(style.chalk.bold(day));
    if (day !== '') date = day;
    text.push(lines[at] as string, ...(notes.get(first) ?? []));
  }
  return text.map((line) => `${line}\n`).join('');
}

/** The legend, and the folder that is left out of paths. */
async function headLines({ report, style, paths }: CallsLayout): Promise<string[]> {
  const { view, calls } = report;
  const legend = view.hasLegend && calls.length > 0 ? legendOf(view) : [];
  const lines = [...legend, folderNote(paths) ?? []].flat();
  if (lines.length === 0) return [];
  const { wrap } = await import('../text/wrap.ts');
  return lines
    .flatMap((line) => wrap(line, style).split('\n'))
    .map((line) => style.chalk.dim(line.trimEnd()));
}

/** The local date of a call: `2026-02-22`. Empty if its time is not known. */
function dateOf({ action }: Call, { zone }: CallsReport): string {
  const { stamp } = action.entry;
  return stamp ? formatTime(stamp, zone, false).slice(0, DATE_CHARS) : '';
}
const DATE_CHARS = '2026-02-22'.length;

/** All that makes calls look different. Undefined for a call that is not known well enough to be called the same. */
function keyOf(call: Call, report: CallsReport): string | undefined {
  const { action, subject, outcome, row } = call;
  const { fingerprint } = subject.fields;
  if (fingerprint === undefined || outcome === 'unknown' || !isSubjectKnown(call)) return undefined;
  return JSON.stringify([
    action.slot.conversation?.way,
    row,
    fingerprint,
    resultOf(call),
    errorOf(call),
    marksOf(call, report),
    otherRisk(call),
    dateOf(call, report),
    report.started.get(call)?.map(({ id }) => id),
  ]);
}

/** What a call is about has at least so much room. In columns of the terminal. */
const MIN_ABOUT_COLUMNS = 16;

/** A text for each line, without the lines below it. */
function callLines(folded: readonly FoldedCalls[], layout: CallsLayout): Promise<string[]> {
  const { report, style, hasMarks, hasTools } = layout;
  const columns: Column[] = [
    ...(report.withSubagents ? [{}] : []),
    { align: 'right' },
    ...(hasMarks ? [{ rank: 4 }] : []),
    { rank: 2 },
    ...(hasTools ? [{ maxWidth: 12, rank: 1 }] : []),
    { align: 'right', rank: 0 },
    { maxWidth: 10, rank: 3 },
    { minWidth: MIN_ABOUT_COLUMNS },
  ];
  const nameOf = report.withSubagents ? conversationColumn(report, style) : () => '';
  const named = new Set<Loop>();
  const rows = folded.map((line): Cell[] => {
    const { action } = line.first;
    const name = { text: nameOf(action.slot), paint: style.chalk.dim };
    return [...(report.withSubagents ? [name] : []), ...cellsOf(line, layout, named)];
  });
  return columnLines(columns, rows, style, report.view.wraps);
}

/** @param named the loops that lines above describe */
function cellsOf(line: FoldedCalls, layout: CallsLayout, named: Set<Loop>): Cell[] {
  const { report, style, hasMarks, hasTools } = layout;
  const { chalk, link } = style;
  const { action } = line.first;
  const marks = marksOf(line.first, report);
  const about = aboutOf(line, layout, named);
  const isDim = marks.startsWith('F') || marks.startsWith('O');
  return [
    {
      text: String(action.slot.index),
      paint: (index: string) => chalk.dim(link(index, pathOf(report, action.slot))),
    },
    ...(hasMarks ? [{ text: marks, paint: chalk.yellow }] : []),
    { text: timeOf(line.first, layout), paint: chalk.dim },
    ...(hasTools ? [{ text: toolOf(line.first), paint: chalk.cyan }] : []),
    { text: formatDuration(durationOf(line)) },
    { text: resultOf(line.first), paint: paintOf(line.first, style) },
    isDim ? { text: about, paint: chalk.dim } : { text: about },
  ];
}

function toolOf({ subject }: Call): string {
  return safeText(subject.entry.tool ?? '-');
}

function paintOf(call: Call, { chalk }: Style): (text: string) => string {
  if (hasFailed(call)) return chalk.red;
  return call.outcome === 'ok' ? chalk.green : chalk.yellow;
}

function timeOf({ action }: Call, { report, style, hasDateLines }: CallsLayout): string {
  const { stamp } = action.entry;
  if (!stamp) return '-';
  const time = formatTime(stamp, report.zone, isNarrow(style));
  return hasDateLines ? (time.split(' ')[1] as string) : time;
}

/** How long the calls of a line took together, in µs; undefined if one duration is not known. */
function durationOf({ calls }: FoldedCalls): number | undefined {
  const durations = calls.map(({ duration }) => duration);
  if (durations.includes(undefined)) return undefined;
  return durations.reduce<number>((sum, duration) => sum + (duration as number), 0);
}

/** What a line is about, after what is special about it. */
function aboutOf(
  line: FoldedCalls,
  { report, paths, hasTools }: CallsLayout,
  named: Set<Loop>,
): string {
  const { first, repetition, isWholeLoop } = line;
  const { loop, subject } = first;
  const isNamed = loop !== undefined && named.has(loop);
  if (loop) named.add(loop);
  const loopText = loop && !isWholeLoop ? (isNamed ? `loop ${loop.number}` : formatLoop(loop)) : '';
  const started = report.started.get(first)?.map(({ id }) => shortId(id, report.subagents().items));
  const subagents = started ? `subagent ${safeText(started.join(', '))}` : '';
  const text = paths.shorten(subject.description);
  // A text that was cut is still marked as cut after it was shortened.
  const isCut =
    subject.description.length > MAX_DESCRIPTION_CHARS && text.length <= MAX_DESCRIPTION_CHARS;
  // Commands and calls about a file are known by their looks.
  const showsTool = hasTools || subject.fields.path !== undefined || /^\S*\$ /.test(text);
  return [
    bracketed(subagents),
    repetition === undefined ? '' : `${repetition}: `,
    bracketed(loopText),
    bracketed(safeText(otherRisk(first) ?? '')),
    showsTool ? '' : `${toolOf(first)}: `,
    previewLine(text),
    isCut ? '…' : '',
  ].join('');
}

/** The lines below calls: what went wrong, or why that is not known. They have the whole width of the terminal. */
async function noteLines(
  folded: readonly FoldedCalls[],
  { report, style, paths }: CallsLayout,
): Promise<Map<Call, string[]>> {
  const indices = folded.map(({ first }) => String(first.action.slot.index).length);
  const indent = ' '.repeat(report.withSubagents ? 4 : largest(indices, 0) + 1);
  const noted = folded.flatMap(({ first }) => {
    const text = errorOf(first) ?? whyUnknown(first) ?? '';
    return text.trim() === ''
      ? []
      : [{ first, text: `${indent}↳ ${previewLine(paths.shorten(text))}` }];
  });
  const rows = noted.map(({ first, text }) => [{ text, paint: paintOf(first, style) }]);
  const lines = await columnLines([{}], rows, style, report.view.wraps);
  return new Map(noted.map(({ first }, at) => [first, [lines[at] as string]]));
}
