import { shortKind } from '../../domain/event-kinds.ts';
import type { ContextGroup } from '../../history/context.ts';
import { formatNumber, percentages } from '../text/amounts.ts';
import { type Cell, renderColumns, right } from '../text/columns.ts';
import { previewLine } from '../text/preview.ts';
import type { Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import { wrapProse } from '../text/wrap.ts';
import { table } from './paragraph-table.ts';
import type { StatsReport } from './types.ts';

/** Smaller groups are added up. */
const MAX_GROUPS = 6;

/** What the model sees at the end: its share by kind and tool, and the largest events. */
export async function contextText({ context }: StatsReport, style: Style): Promise<string> {
  const { chalk } = style;
  const note =
    context.unknownPart === undefined
      ? ''
      : chalk.yellow(`${wrapProse(`the context is ${safeText(context.unknownPart)}`, style)}\n`);
  if (context.characters === 0) return note;
  const groups = withRest(context.groups);
  const shares = percentages(groups.map(({ characters }) => characters));
  const rows = groups.map(({ name, events, characters }, at) => [
    safeText(name),
    String(events),
    formatNumber(characters),
    `${shares[at]} %`,
  ]);
  const largest = context.largest.map((record): Cell[] => [
    { text: `  #${record.slot.index}`, paint: chalk.dim },
    { text: formatNumber(record.contextCharacters) },
    { text: safeText(nameOf(record.entry)), paint: chalk.cyan },
    { text: previewLine(record.description) },
  ]);
  return [
    await table(['in the context', 'events', 'characters', 'share'], rows, style),
    `${chalk.bold('the largest')}\n`,
    await renderColumns([{}, right, { maxWidth: 24 }, {}], largest, style),
    note,
  ].join('');
}

const nameOf = ({ kind, tool }: Pick<ContextGroup, 'kind' | 'tool'>) =>
  tool === undefined ? shortKind(kind) : `${tool} ${shortKind(kind)}`;

function withRest(groups: readonly ContextGroup[]) {
  const shown = groups.slice(0, MAX_GROUPS).map((group) => ({ ...group, name: nameOf(group) }));
  const rest = groups.slice(MAX_GROUPS);
  if (rest.length === 0) return shown;
  const sum = (of: (group: ContextGroup) => number) => rest.reduce((all, one) => all + of(one), 0);
  const others = {
    name: 'others',
    events: sum(({ events }) => events),
    characters: sum(({ characters }) => characters),
  };
  return [...shown, others];
}
