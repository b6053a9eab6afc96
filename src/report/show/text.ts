import { resultOf } from '../../history/calls.ts';
import { portrait } from '../../history/sections/event-sections.ts';
import type { LoadedEvent } from '../../domain/event.ts';
import { shortKind } from '../../domain/event-kinds.ts';
import type { Slot } from '../../domain/slot.ts';
import { showCost, showDuration, showNumber, showSize } from '../text/amounts.ts';
import { visible } from '../text/terminal-safe.ts';
import { renderSections } from '../text/event-sections.ts';
import { isNarrow, type Style } from '../text/style.ts';
import { showTime } from '../text/time.ts';
import type { ShowReport } from './types.ts';

/** Lines of each part of the event beside it. */
const MOST_OF_PARTNER = 12;

/** An event as a person wants it, with its answer or its action below. */
export function showText(report: ShowReport, style: Style): string {
  const { event, partner, record } = report;
  const { chalk, link } = style;
  const file = report.fileOf(event.slot);
  const about = [
    `${chalk.dim('id')}     ${visible(event.slot.id)}`,
    `${chalk.dim('file')}   ${link(visible(file), `${report.conversation.path}/${file}`)}, ${showSize(event.bytes)}`,
    `${chalk.dim('place')}  ${placeOf(report)}`,
    ...forgotOf(report).map((line) => `${chalk.dim('forgot')} ${line}`),
    ...responseOf(report, style).map((line) => `${chalk.dim('model')}  ${line}`),
  ];
  const risk = record.told.risk ? `  risk ${chalk.yellow(visible(record.told.risk))}` : '';
  const parts = [
    `${headOf(event, report, style)}${risk}\n${about.join('\n')}\n`,
    renderSections(portrait(event.value), style),
  ];
  if (partner) parts.push(partnerText(partner, report, style));
  else if (report.call?.outcome === 'unanswered') parts.push(`${chalk.yellow('→ no answer')}\n`);
  return parts.join('\n');
}

function headOf({ slot, entry }: LoadedEvent, { zone }: ShowReport, { chalk }: Style): string {
  const { kind, source, stamp, tool, failed } = entry;
  const paint = failed ? chalk.red : chalk.cyan;
  const what = [shortKind(kind) || '(no kind)', ...(tool === undefined ? [] : [tool])];
  return [
    chalk.bold(`#${slot.index}`),
    paint(what.map(visible).join(' ')),
    visible(source || '-'),
    showTime(stamp, zone, false),
  ].join('  ');
}

/** Of a condensation, which events it forgot: `2 to 9, 12`. */
function forgotOf({ forgot }: ShowReport): string[] {
  const runs: { from: number; to: number }[] = [];
  for (const { index } of forgot) {
    const last = runs.at(-1);
    if (last && index === last.to + 1) last.to = index;
    else runs.push({ from: index, to: index });
  }
  const told = runs.map(({ from, to }) => (from === to ? String(from) : `${from} to ${to}`));
  return told.length > 0 ? [told.join(', ')] : [];
}

const PLACES = {
  active: 'on the active branch',
  off: 'off the active branch',
  side: 'beside the branches',
  beyond: 'beyond a gap in the index: the SDK does not see it',
} as const;

function placeOf({ standings, record, parent, children }: ShowReport): string {
  const indices = (slots: readonly Slot[]) => slots.map(({ index }) => index).join(' and ');
  const forgotten = standings.forgottenBy(record);
  return [
    PLACES[standings.of(record)],
    ...(parent ? [`after ${parent.index}`] : []),
    ...(children.length > 0 ? [`before ${indices(children)}`] : []),
    ...(forgotten ? [`forgotten by the condensation ${forgotten.slot.index}`] : []),
  ].join(', ');
}

function responseOf({ response }: ShowReport, style: Style): string[] {
  if (!response) return [];
  const { id, events, step } = response;
  const { tokens, latency, cost } = step ?? {};
  const others = events.map(({ index }) => index).join(', ');
  // Its id says nothing, and takes half a line.
  const facts = [
    ...(isNarrow(style) ? [] : [visible(id)]),
    ...(events.length > 1 ? [`events ${others}`] : []),
    ...(tokens
      ? [
          `${showNumber(tokens.prompt)} tokens in (${showNumber(tokens.cacheRead)} cached), ` +
            `${showNumber(tokens.completion)} out`,
        ]
      : []),
    ...(latency === undefined ? [] : [showDuration(latency * 1e6)]),
    ...(cost === undefined ? [] : [showCost(cost)]),
  ];
  return facts.length > 0 ? [facts.join(', ')] : [];
}

function partnerText(partner: LoadedEvent, report: ShowReport, style: Style): string {
  const { call, event } = report;
  const isAnswer = call?.action.slot.name === event.slot.name;
  const { chalk } = style;
  const took = call?.duration === undefined ? '' : ` after ${showDuration(call.duration)}`;
  const head = isAnswer
    ? `→ answered${took}: ${call ? resultOf(call) : ''}`
    : `← answers, ${took.trim() || 'some time'}`;
  // What an edit was asked to do it has done: once is enough.
  const parts = portrait(partner.value).filter(({ is }) => is !== 'diff');
  const sections = renderSections(parts, style, MOST_OF_PARTNER);
  return `${chalk.bold(head)}\n${headOf(partner, report, style)}\n${sections}`;
}
