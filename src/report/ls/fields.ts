import { basename } from 'node:path';
import { costCell } from '../facts/coverage-text.ts';
import { formatDuration, formatNumber, formatSize } from '../text/amounts.ts';
import { type Cell, type Column, right } from '../text/columns.ts';
import { previewLine } from '../text/preview.ts';
import type { Style } from '../text/style.ts';
import { safeLine, safeText } from '../text/terminal-safe.ts';
import { formatTime } from '../text/time.ts';
import { formatAge } from './age.ts';
import type { ListedConversation, LsReport } from './types.ts';

/** What the cells of a list are made from. */
export interface ListStyle {
  readonly style: Style;
  readonly report: LsReport;
  /** Ids, models and titles as they are shown. Not safe to print. */
  idOf(listed: ListedConversation): string;
  modelOf(listed: ListedConversation): string | undefined;
  titleOf(listed: ListedConversation): string | undefined;
}

/** A column of the list. */
export interface Field {
  readonly title: string;
  readonly column?: Column;
  /** On a terminal, columns of a lower rank are left out first where there is no room. Those without one stay. */
  readonly rank?: number;
  /** The column takes what room there is, but at least so much. In columns of the terminal. */
  readonly minWidth?: number;
  /** The column is only for a pipe, or only for a terminal. Default: both. */
  readonly only?: 'pipe' | 'terminal';
  /** Whether it is shown at all. Default: yes. */
  isShown?(report: LsReport, style: Style): boolean;
  cell(listed: ListedConversation, list: ListStyle): Cell;
}

/** On a terminal of this width, there is room for the reasons of all outcomes. */
const MIN_COLUMNS_FOR_REASONS = 160;
/** What stands for something that is not known. */
export const UNKNOWN = '-';

export const LS_FIELDS: readonly Field[] = [
  {
    title: 'id',
    cell: (listed, { style, idOf }) => ({
      text: indentOf(listed.depth) + safeText(idOf(listed)),
      paint: (text) => style.chalk.cyan(style.link(text, listed.path)),
    }),
  },
  {
    title: 'active',
    only: 'pipe',
    cell: ({ active: us }, { report: { zone } }) => ({
      text: formatTime(us === undefined ? undefined : { us, naive: false }, zone, false)
        .trim()
        .slice(0, 16),
    }),
  },
  {
    title: 'age',
    only: 'terminal',
    column: right,
    cell: ({ active }, { report }) => ({ text: formatAge(active, report.now) }),
  },
  {
    title: 'outcome',
    cell: ({ ending: { outcome } }, { style: { chalk } }) => ({
      text: outcome,
      paint: outcomePaint(outcome, chalk),
    }),
  },
  {
    title: 'status',
    rank: 1,
    isShown: ({ withReasons }, { columns }) => withReasons || columns === undefined,
    cell: ({ facts: { status } }) => ({ text: safeText(status?.value ?? UNKNOWN) }),
  },
  {
    title: 'model',
    rank: 4,
    column: { maxWidth: 28 },
    cell: (listed, { modelOf }) => ({ text: safeText(modelOf(listed) ?? UNKNOWN) }),
  },
  {
    title: 'workspace',
    rank: 2,
    column: { maxWidth: 16 },
    cell: ({ facts: { workspace } }) => ({
      text: safeText(workspace ? basename(workspace.value) || workspace.value : UNKNOWN),
    }),
  },
  {
    title: 'events',
    rank: 8,
    column: right,
    cell: ({ events }) => ({ text: formatNumber(events) }),
  },
  {
    title: 'size',
    rank: 0,
    column: right,
    cell: ({ bytes }) => ({ text: formatSize(bytes) }),
  },
  {
    title: 'took',
    rank: 3,
    column: right,
    cell: ({ took, jumps }) => ({ text: `${jumps > 0 ? '≥' : ''}${formatDuration(took)}` }),
  },
  {
    title: 'cost',
    rank: 7,
    column: right,
    cell: ({ usages, usageCoverage }) => ({ text: costCell(usages, usageCoverage) }),
  },
  {
    title: 'errors',
    rank: 6,
    column: right,
    cell: ({ errors, faults }, { style: { chalk } }) => ({
      text: `${errors}${faults.length > 0 ? `+${faults.length}?` : ''}`,
      paint: errors + faults.length > 0 ? chalk.red : chalk.dim,
    }),
  },
  {
    title: 'subagents',
    rank: 5,
    column: right,
    isShown: ({ items }) => items.some(({ subagents }) => subagents.items.length > 0),
    cell: ({ subagents: { items } }, { style: { chalk } }) => ({
      text: items.length > 0 ? formatNumber(items.length) : UNKNOWN,
      paint: items.some(({ problem }) => problem !== undefined) ? chalk.red : (text) => text,
    }),
  },
  {
    title: 'why',
    rank: 11,
    minWidth: 30,
    isShown: ({ withReasons }, { columns }) =>
      withReasons || (columns !== undefined && columns >= MIN_COLUMNS_FOR_REASONS),
    cell: ({ ending: { reason, brief } }, { style: { columns } }) => ({
      text: safeLine(columns === undefined ? reason : brief),
    }),
  },
  {
    title: 'title',
    rank: 10,
    minWidth: 20,
    cell: (listed, { titleOf }) => ({ text: previewLine(titleOf(listed) ?? untitled(listed)) }),
  },
];

/** What stands in place of a title: what the agent does first, else why there is none. Not safe to print as it is. */
function untitled({ events, faults, userMessages, firstStep }: ListedConversation): string {
  if (firstStep !== undefined) return `(agent) ${firstStep}`;
  if (events === 0) return '(no event)';
  if (userMessages > 0) return '(no text of the user)';
  return faults.length > 0 ? '(no readable user message)' : '(no user message)';
}

function outcomePaint(
  outcome: ListedConversation['ending']['outcome'],
  chalk: Style['chalk'],
): (text: string) => string {
  if (outcome === 'error' || outcome === 'stuck') return chalk.red;
  if (outcome === 'lost' || outcome === 'waiting') return chalk.yellow;
  return outcome === 'running' ? chalk.green : (text) => text;
}

/** Deeper subagents are not indented any further, because there is no room. */
const MAX_INDENTED_DEPTH = 8;

/** What stands before the id of a subagent in a tree. */
function indentOf(depth: number): string {
  return depth === 0 ? '' : `${'  '.repeat(Math.min(depth, MAX_INDENTED_DEPTH) - 1)}└ `;
}
