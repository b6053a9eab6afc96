import { shortKind } from '../../domain/event-kinds.ts';
import type { Segment } from '../../history/branches.ts';
import type { BranchNode } from '../../history/history.ts';
import { pluralize } from '../../text/wording.ts';
import { previewLine } from '../text/preview.ts';
import type { Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import { measureFor } from '../text/text-width.ts';
import { wrap } from '../text/wrap.ts';
import type { TreeReport } from './types.ts';

interface TreeLine {
  /** What draws the tree, before the text. */
  readonly lines: string;
  readonly text: string;
  readonly isActive: boolean;
}

/** Forks deeper than this are drawn no further to the right: there is no room. */
const DEEPEST = 16;

/** Branches as they fork, a line for the first and the last event of each run. */
export async function treeText({ branches }: TreeReport, style: Style): Promise<string> {
  const { chalk, columns } = style;
  const lines = [...linesOf(branches.roots)];
  const ruler = await measureFor(lines.map(({ text }) => text).join(''));
  const shown = lines.map(({ lines: drawn, text, isActive }) => {
    const room = columns === undefined ? undefined : columns - drawn.length;
    const cut = room === undefined ? text : ruler.fit(text, Math.max(1, room));
    return `${chalk.dim(drawn)}${isActive ? cut : chalk.dim(cut)}\n`;
  });
  return [...shown, `${wrap(summary(branches), style)}\n`].join('');
}

function* linesOf(roots: readonly Segment[]): Generator<TreeLine> {
  const todo = roots.map((segment) => ({ segment, depth: 0, indent: '', mark: '' })).reverse();
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { segment, depth, indent, mark } = next;
    const { events, children, isActive, hasLeaf, isTorn } = segment;
    const bullet = isActive ? '● ' : '○ ';
    const [first, last] = [events[0] as BranchNode, events.at(-1) as BranchNode];
    const below = indent + (mark === '' ? '' : mark.startsWith('├') ? '│ ' : '  ');
    const leaf = hasLeaf ? '  ← leaf' : '';
    const torn = isTorn ? '  (its parent is missing)' : '';
    if (events.length === 1) {
      yield { lines: indent + mark + bullet, text: textOf(first, torn + leaf), isActive };
    } else {
      yield { lines: indent + mark + bullet, text: textOf(first, torn), isActive };
      const between = events.length - 2;
      const pipe = children.length > 0 ? '│ ' : '  ';
      if (between > 0) {
        yield { lines: `${below}│ `, text: `… ${pluralize(between, 'event')}`, isActive: false };
      }
      yield {
        lines: below + (pipe === '│ ' ? '├ ' : '└ '),
        text: textOf(last, leaf),
        isActive,
      };
    }
    const isDeep = depth >= DEEPEST;
    const steps = children.map((child, at) => ({
      segment: child,
      depth: depth + 1,
      indent: isDeep ? indent : below,
      mark: at === children.length - 1 ? '└─' : '├─',
    }));
    for (const step of steps.reverse()) todo.push(step);
  }
}

function textOf({ slot, record }: BranchNode, leaf: string): string {
  if (!record) return `#${slot.index} (can't be read)${leaf}`;
  const kind = safeText(shortKind(record.fields.kind) || '-');
  return `#${slot.index} ${kind}${leaf}  ${previewLine(record.description)}`;
}

function summary({
  roots,
  leaf,
  isLeafFromState,
  aside,
  detached,
  beyond,
}: TreeReport['branches']) {
  const tips = tipsOf(roots);
  const fields = [
    tips === 1 ? '1 branch' : `${tips} branches`,
    leaf === null
      ? `no leaf${tips === 0 ? '' : ': the next event begins anew'}`
      : `leaf ${safeText(leaf)}${isLeafFromState ? '' : ' (the last event)'}`,
    ...(aside > 0
      ? [`${pluralize(aside, 'state update or error', 'state updates and errors')} beside them`]
      : []),
    ...(detached.length > 0
      ? [`${pluralize(detached.length, 'event')} on no branch: their parents run in a circle`]
      : []),
    ...(beyond > 0 ? [`${pluralize(beyond, 'event')} cut off beyond a gap in the index`] : []),
  ];
  return fields.join('; ');
}

/** How many segments nothing goes on from. */
function tipsOf(roots: readonly Segment[]): number {
  let tips = 0;
  const todo = [...roots];
  for (let next = todo.pop(); next; next = todo.pop()) {
    if (next.children.length === 0) tips++;
    for (const child of next.children) todo.push(child);
  }
  return tips;
}
