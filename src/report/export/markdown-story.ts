import { shortKind } from '../../domain/event-kinds.ts';
import { type Call, hasFailed, resultOf } from '../../history/calls.ts';
import type { EventRecord } from '../../history/event-record.ts';
import { type Failure, failuresOf } from '../../history/export/failures.ts';
import { loopsAmong } from '../../history/outcome/loop-summary.ts';
import { truncateEnd } from '../../text/truncate.ts';
import { pluralize } from '../../text/wording.ts';
import { type FoldedCalls, foldCalls } from '../calls/fold.ts';
import { safeBlock } from '../text/terminal-safe.ts';
import { shortened } from './markdown-event.ts';
import { fenced, inCode } from './markdown-safe.ts';
import type { ExportLimits, ExportReport } from './types.ts';

type Story = NonNullable<ExportReport['story']>;

/** How much of the room each part may take. The events get the rest. */
const SHARES = { asked: 1 / 6, steps: 1 / 5, failed: 1 / 6 } as const;

/**
 * What was asked, what happened and what failed. All texts of events are in code.
 *
 * @param room for the whole document, in UTF-16 units
 */
export async function storyOf(report: ExportReport, room: number): Promise<string> {
  const { story, limits } = report;
  if (!story) return '';
  const roomFor = (part: keyof typeof SHARES) =>
    limits.isWhole ? Number.POSITIVE_INFINITY : Math.max(0, room * SHARES[part]);
  return [
    askedText(story, limits, roomFor('asked')),
    await stepsText(report, story, roomFor('steps')),
    await failedText(report, story, roomFor('failed')),
    report.shown.length > 0 ? '### Details\n\n' : '',
  ].join('');
}

function askedText({ asked }: Story, limits: ExportLimits, room: number): string {
  const lines = asked.map(({ text }) => `${fenced(shortened(safeBlock(text.trim()), limits))}\n`);
  const kept = within(lines, room);
  const left = lines.length - kept.length;
  const more =
    left > 0 ? `${pluralize(left, 'more message')} of the user: see the details.\n\n` : '';
  return lines.length === 0 ? '' : `### What was asked\n\n${kept.join('')}${more}`;
}

/** A line of what happened: calls that look the same, or another event. */
type Step = FoldedCalls | EventRecord;

const isCalls = (step: Step): step is FoldedCalls => 'calls' in step;

/** Steps from the start and from the end that are listed. */
const [FIRST_STEPS, LAST_STEPS] = [20, 40];

async function stepsText(report: ExportReport, story: Story, room: number): Promise<string> {
  const steps = stepsOf(report, story);
  if (steps.length === 0) return '';
  const isAll = room === Number.POSITIVE_INFINITY || steps.length <= FIRST_STEPS + LAST_STEPS;
  const listed = isAll ? steps : [...steps.slice(0, FIRST_STEPS), ...steps.slice(-LAST_STEPS)];
  const lines = [];
  for (const step of listed) lines.push(await stepLine(step, story));
  const isWhole = isAll && lines.join('').length <= room;
  const head = isWhole ? lines : within(lines.slice(0, FIRST_STEPS), room / 3);
  const atEnd = lines.slice(head.length).slice(-LAST_STEPS).toReversed();
  const tail = within(atEnd, room - head.join('').length).reverse();
  const left = steps.length - head.length - tail.length;
  const gap = left > 0 ? `- … ${pluralize(left, 'step')} left out, for length\n` : '';
  const all = [...head, gap, ...tail].join('');
  const folder =
    story.folder !== undefined && all.includes('…/') ? `\`…\` is ${inCode(story.folder)}.\n\n` : '';
  return `### What happened\n\n${folder}${all}\n`;
}

/** The first lines that there is room for. */
function within(lines: readonly string[], room: number): string[] {
  let used = 0;
  const end = lines.findIndex((line) => {
    used += line.length;
    return used > room;
  });
  return lines.slice(0, end === -1 ? undefined : end);
}

/** Kinds of events that are steps of their own. So is each failure that belongs to no call. */
const STEP_KINDS: ReadonlySet<string> = new Set([
  'MessageEvent',
  'Condensation',
  'PauseEvent',
  'InterruptEvent',
]);

/** Calls and other steps, in index order. Calls that are repeated in a row are one step. */
function stepsOf({ shown, calls }: ExportReport, { asked }: Story): Step[] {
  const isAsked = new Set(asked.map(({ record }) => record));
  const callOf = new Map(calls.flatMap((call) => call.events.map((record) => [record, call])));
  const steps: Step[] = [];
  let row: Call[] = [];
  const endRow = () => {
    for (const step of foldCalls(row, keyOf)) steps.push(step);
    row = [];
  };
  for (const record of shown) {
    const call = callOf.get(record);
    if (call?.action === record) row.push(call);
    if (call || isAsked.has(record)) continue;
    if (!STEP_KINDS.has(record.fields.kind) && !record.entry.failed) continue;
    endRow();
    steps.push(record);
  }
  endRow();
  return steps;
}

/** What makes calls look different in the list. */
function keyOf(call: Call): string {
  const { subject } = call;
  return JSON.stringify([subject.fields.fingerprint, subject.description, resultOf(call)]);
}

/** Longer descriptions are cut. In UTF-16 units. */
const MAX_STEP_CHARS = 110;

async function stepLine(step: Step, story: Story): Promise<string> {
  const record = isCalls(step) ? step.first.subject : step;
  const index = isCalls(step) ? step.first.action.slot.index : step.slot.index;
  const said = story.shorten(await story.describe(record));
  const text = said.length > MAX_STEP_CHARS ? `${truncateEnd(said, MAX_STEP_CHARS)}…` : said;
  const parts = [
    String(index),
    ...(isCalls(step) && step.repetition !== undefined ? [step.repetition] : []),
    ...(isCalls(step) ? resultsOf(step.first) : []),
    `${inCode(story.clean(nameOf(step, said)))} ${inCode(text)}`.trim(),
  ];
  return `- ${parts.filter((part) => part !== '').join(' · ')}\n`;
}

/** The result of a call that did not succeed. */
function resultsOf(call: Call): string[] {
  if (call.outcome === 'ok') return [];
  const result = inCode(resultOf(call));
  return [hasFailed(call) ? `**${result}**` : result];
}

/** Who speaks, or which tool is called. Commands and calls about a file are known by their looks. */
function nameOf(step: Step, text: string): string {
  if (!isCalls(step)) {
    const { entry, fields } = step;
    return fields.kind === 'MessageEvent' ? entry.source : shortKind(fields.kind);
  }
  const { entry, fields } = step.first.subject;
  return fields.path !== undefined || /^\S*\$ /.test(text) ? '' : (entry.tool ?? '');
}

/** The list of failures names no more. */
const MAX_NAMED_FAILURES = 15;
const MAX_NAMED_LOOPS = 3;

/** How it ended, what led to it, and what failed: the last failures, because they say more about the end. */
async function failedText(report: ExportReport, story: Story, room: number): Promise<string> {
  const { ending, records, calls, skipped } = report;
  const failures = failuresOf(records, calls);
  const isPartial = skipped.length > 0;
  const top = [
    ...(ending ? [`- outcome: ${inCode(ending.outcome)} · ${inCode(ending.reason)}\n`] : []),
    ...(await loopLines(calls, story)),
    ...unansweredLines(calls),
    ...(failures.length === 0
      ? [`- no call or event reports a failure${isPartial ? ', of those that can be read' : ''}\n`]
      : []),
  ];
  const lines = [];
  for (const failure of failures.slice(-MAX_NAMED_FAILURES)) {
    lines.push(await failureLine(failure, report, story));
  }
  const kept = within(lines.toReversed(), room - top.join('').length).reverse();
  const more = failures.length - kept.length;
  const before = more > 0 ? `- ${pluralize(more, 'failure')} before these\n` : '';
  return `### What failed\n\n${top.join('')}${before}${kept.join('')}\n`;
}

async function failureLine(
  { events, call }: Failure,
  { ending }: ExportReport,
  story: Story,
): Promise<string> {
  const record = call?.answer ?? events.at(-1);
  const isLast = record !== undefined && record === ending?.lastError?.record;
  const known =
    (call && (await story.errorOf(call))) ?? (record && (await story.errorLine(record)));
  const text = story.shorten((isLast ? ending?.lastError?.text : known) ?? '');
  const result = call ? resultOf(call) : 'error';
  const shown = isLast ? `**last error** · ${inCode(result)}` : inCode(result);
  return `- ${events[0]?.slot.index} · ${shown}${text === '' ? '' : ` · ${inCode(text)}`}\n`;
}

async function loopLines(calls: readonly Call[], story: Story): Promise<string[]> {
  const loops = loopsAmong(calls).slice(-MAX_NAMED_LOOPS);
  const lines = [];
  for (const { loop, round, from, to } of loops) {
    const [first] = round;
    const said = first ? await story.describe(first.subject) : '';
    const text = truncateEnd(story.shorten(said), MAX_STEP_CHARS);
    const what =
      loop.kind === 'same-error'
        ? 'a call with the same error'
        : loop.period === 1
          ? 'the same call'
          : `the same ${loop.period} calls`;
    lines.push(`- loop: ${loop.times}× ${what} (${from} to ${to}) · ${inCode(text)}\n`);
  }
  return lines;
}

function unansweredLines(calls: readonly Call[]): string[] {
  const open = calls.filter(({ outcome }) => outcome === 'unanswered');
  if (open.length === 0) return [];
  const last = open.slice(-MAX_NAMED_LOOPS).map(({ action }) => action.slot.index);
  const which = open.length > last.length ? `the last: ${last.join(', ')}` : last.join(', ');
  return [`- ${pluralize(open.length, 'call')} without an answer (${which})\n`];
}
