import { type Call, errorOf, resultOf } from '../../history/calls.ts';
import { plural } from '../../text/counted.ts';
import { showCost, showDuration, showNumber } from '../text/amounts.ts';
import { showLine } from '../text/preview.ts';
import { type Cell, renderRows } from '../text/columns.ts';
import { visible } from '../text/terminal-safe.ts';
import type { Style } from '../text/style.ts';
import { diffJson } from './json.ts';
import type { DiffReport, Side } from './types.ts';

type Tools = Side['tools'];

/** Where two conversations part, then what differs, side by side. */
export async function diffText(report: DiffReport, style: Style): Promise<string> {
  return `${await partingText(report, style)}\n${await summaryText(report, style)}`;
}

async function partingText({ parting, isSame, sides }: DiffReport, style: Style): Promise<string> {
  const { common, calls, answers } = parting;
  const { chalk } = style;
  if (isSame) return `${chalk.green(`the same ${plural(common, 'call')} with the same answers`)}\n`;
  const parts: string[] = [];
  if (!answers && calls.every((call) => !call)) {
    return `the same ${plural(common, 'call')} with the same answers; they differ otherwise\n`;
  }
  if (answers) {
    parts.push(chalk.bold('the first answers that differ'));
    parts.push(await rowsOf(answers, style, answerOf));
  }
  const [a, b] = calls;
  if (a || b) {
    const where =
      common === 0 ? 'they part at the first call' : `they part after ${plural(common, 'call')}`;
    parts.push(chalk.bold(where));
    const ended = (at: number) => `(ended after ${plural(sides[at]?.calls ?? 0, 'call')})`;
    parts.push(await rowsOf(calls, style, (call) => call.action.about, ended));
  }
  return `${parts.map((part) => part.trimEnd()).join('\n')}\n`;
}

/** What an answer says: how its text ends, where it went wrong. */
function answerOf(call: Call): string {
  return errorOf(call) ?? call.answer?.about ?? '';
}

function rowsOf(
  pair: readonly (Call | undefined)[],
  style: Style,
  about: (call: Call) => string,
  ended: (at: number) => string = () => '',
): Promise<string> {
  const { chalk } = style;
  const rows = pair.map((call, at): Cell[] => [
    { text: `  ${'ab'[at]}`, paint: at === 0 ? chalk.red : chalk.green },
    { text: call ? `#${call.action.slot.index}` : '', paint: chalk.dim },
    { text: visible(call?.action.entry.tool ?? ''), paint: chalk.cyan },
    { text: call ? resultOf(call) : '' },
    { text: call ? showLine(about(call)) : ended(at) },
  ]);
  return renderRows([{}, { align: 'right' }, { most: 14 }, { most: 10 }, {}], rows, style);
}

/** Characters of what stands in a column. */
const LONGEST = 60;

/** A line for each thing that differs, and for a few that people look for all the same. */
async function summaryText(report: DiffReport, style: Style): Promise<string> {
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
    const line = showLine(text ?? '-');
    return line.length > LONGEST ? `${line.slice(0, LONGEST).trimEnd()}…` : line;
  };
  const took = (seconds: number | null) =>
    showDuration(seconds === null ? undefined : seconds * 1e6);
  const known = (amount: number | null, tell: (amount: number) => string) =>
    amount === null ? '-' : tell(amount);
  const differing = (rows: Cell[][]) => rows.filter(([, one, other]) => one?.text !== other?.text);
  const rows = [
    line('', show(a.conversation.id), show(b.conversation.id)),
    line('status', show(a.status), show(b.status)),
    ...differing([
      line('model', show(a.model), show(b.model)),
      line('first message', show(a.first_message), show(b.first_message)),
    ]),
    line('events', showNumber(a.events), showNumber(b.events)),
    line('errors', showNumber(a.errors), showNumber(b.errors)),
    line('calls', showNumber(a.calls), showNumber(b.calls)),
    ...differing(
      tools.map((tool) =>
        line(`  ${visible(tool)}`, String(toolsA.get(tool) ?? 0), String(toolsB.get(tool) ?? 0)),
      ),
    ),
    line('tokens in', known(a.prompt_tokens, showNumber), known(b.prompt_tokens, showNumber)),
    line(
      'tokens out',
      known(a.completion_tokens, showNumber),
      known(b.completion_tokens, showNumber),
    ),
    line('cost', known(a.cost, showCost), known(b.cost, showCost)),
    line('took', took(a.seconds), took(b.seconds)),
  ];
  const half = style.columns === undefined ? {} : { most: Math.floor((style.columns - 17) / 2) };
  return renderRows([{ most: 16 }, half, {}], rows, style);
}
