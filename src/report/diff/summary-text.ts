import { sumUsage, type Usage } from '../../history/usage.ts';
import { truncateEnd } from '../../text/truncate.ts';
import { atLeast, costText, fromEvent, partOf } from '../facts/coverage-text.ts';
import { shortIds } from '../subagents/short-ids.ts';
import { subagentsLine } from '../subagents/text.ts';
import { formatDuration, formatNumber } from '../text/amounts.ts';
import { type Cell, renderColumns } from '../text/columns.ts';
import { previewLine } from '../text/preview.ts';
import type { Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import { diffJson } from './json.ts';
import type { DiffReport, Side } from './types.ts';

type Tools = Side['tools'];
type Stats = Side['stats'];

/** A number of tokens; `-` if it is not known. */
function tokensOf({ usages, usageCoverage }: Stats, of: (usage: Usage) => number): string {
  const sum = sumUsage(usages, of);
  return sum === undefined ? '-' : atLeast(formatNumber(sum), usageCoverage.tokens);
}

const subagentsOf = (side: Side) => subagentsLine(side.subagents()) || 'none';

/** Longer cells are cut. In UTF-16 units. */
const MAX_CELL_CHARS = 60;

/** A table with a line for each property that differs, and for a few important ones even if they are the same. */
export async function summaryText(report: DiffReport, style: Style): Promise<string> {
  const { a, b } = diffJson(report);
  const { chalk } = style;
  const line = (name: string, one: string, other: string): Cell[] => [
    { text: name, paint: chalk.bold },
    { text: one },
    { text: other, ...(one !== other && { paint: chalk.yellow }) },
  ];
  const [toolsA, toolsB] = report.sides.map(({ tools }) => tools) as [Tools, Tools];
  const tools = [...new Set([...toolsA.keys(), ...toolsB.keys()])];
  const show = (text: string | null) => {
    const line = previewLine(text ?? '-');
    return line.length > MAX_CELL_CHARS ? `${truncateEnd(line, MAX_CELL_CHARS).trimEnd()}…` : line;
  };
  const short = shortIds([a.conversation.id, b.conversation.id]);
  const idOf = (id: string) => show(style.columns === undefined ? id : short(id));
  const [statsA, statsB] = report.sides.map(({ stats }) => stats) as [Stats, Stats];
  const pair = (of: (stats: Stats) => string) => [of(statsA), of(statsB)] as const;
  const status = ({ facts }: Stats) =>
    `${show(facts.status?.value ?? null)}${fromEvent(facts.status?.source)}`;
  const differing = (rows: Cell[][]) => rows.filter(([, one, other]) => one?.text !== other?.text);
  const rows = [
    line('', idOf(a.conversation.id), idOf(b.conversation.id)),
    line('outcome', a.outcome, b.outcome),
    ...differing([line('why', show(a.reason), show(b.reason))]),
    line('status', ...pair(status)),
    ...differing([
      line(
        'folder (…)',
        show(report.sides[0].paths.folder ?? null),
        show(report.sides[1].paths.folder ?? null),
      ),
    ]),
    ...differing([
      line('model', show(a.model), show(b.model)),
      line('first message', show(a.first_message), show(b.first_message)),
    ]),
    line(
      'events',
      ...pair(({ events, eventCoverage }) => {
        return partOf(eventCoverage) ?? formatNumber(events);
      }),
    ),
    line('errors', formatNumber(a.errors), formatNumber(b.errors)),
    line('calls', formatNumber(a.calls), formatNumber(b.calls)),
    ...(report.sides.some((side) => side.subagents().items.length > 0)
      ? [line('subagents', subagentsOf(report.sides[0]), subagentsOf(report.sides[1]))]
      : []),
    ...differing(
      tools.map((tool) =>
        line(`  ${safeText(tool)}`, String(toolsA.get(tool) ?? 0), String(toolsB.get(tool) ?? 0)),
      ),
    ),
    line('tokens in', ...pair((stats) => tokensOf(stats, ({ tokens }) => tokens.prompt))),
    line('tokens out', ...pair((stats) => tokensOf(stats, ({ tokens }) => tokens.completion))),
    line('cost', ...pair(({ usages, usageCoverage }) => costText(usages, usageCoverage))),
    line('took', ...pair(({ time }) => atLeast(formatDuration(time.total), time.coverage))),
  ];
  const half =
    style.columns === undefined ? {} : { maxWidth: Math.floor((style.columns - 17) / 2) };
  return renderColumns([{ maxWidth: 16 }, half, {}], rows, style);
}
