import { shortKind } from '../../domain/event-kinds.ts';
import type { Segment } from '../../history/branches.ts';
import type { BranchNode } from '../../history/history.ts';
import { pluralize } from '../../text/wording.ts';
import { fromEvent } from '../facts/coverage-text.ts';
import { subagentsText } from '../subagents/text.ts';
import { previewLine } from '../text/preview.ts';
import type { Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import { measureFor } from '../text/text-width.ts';
import { wrap } from '../text/wrap.ts';
import type { TreeReport } from './types.ts';

interface TreeLine {
  /** The lines that draw the tree, to the left of the text. */
  readonly guides: string;
  readonly text: string;
  readonly isActive: boolean | undefined;
}

/** Deeper forks are not indented any further, because there is no room. */
const MAX_INDENTED_FORKS = 16;

/** The tree of branches, with one line for the first and one for the last event of each segment. */
export async function treeText(report: TreeReport, style: Style): Promise<string> {
  const { branches } = report;
  const { chalk, columns } = style;
  const lines = [...linesOf(branches.roots)];
  const measure = await measureFor(lines.map(({ text }) => text).join(''));
  const shown = lines.map(({ guides, text, isActive }) => {
    const room = columns === undefined ? undefined : columns - guides.length;
    const cut = room === undefined ? text : measure.fit(text, Math.max(1, room));
    return `${chalk.dim(guides)}${isActive ? cut : chalk.dim(cut)}\n`;
  });
  const note = wrap(`${summary(branches)}${leafNote(report)}`, style);
  return [...shown, `${note}\n${subagentsText(report.subagents())}`].join('');
}

function* linesOf(roots: readonly Segment[]): Generator<TreeLine> {
  const todo = roots.map((segment) => ({ segment, depth: 0, indent: '', mark: '' })).reverse();
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { segment, depth, indent, mark } = next;
    const { events, children, isActive, hasLeaf, isParentMissing, isParentUnknown } = segment;
    const bullet = isActive ? '● ' : isActive === false ? '○ ' : '? ';
    const [first, last] = [events[0] as BranchNode, events.at(-1) as BranchNode];
    const below = indent + (mark === '' ? '' : mark.startsWith('├') ? '│ ' : '  ');
    const leaf = hasLeaf ? '  ← leaf' : '';
    const missing = isParentMissing
      ? '  (its parent is missing)'
      : isParentUnknown
        ? '  (what it follows is not known)'
        : '';
    if (events.length === 1) {
      yield { guides: indent + mark + bullet, text: textOf(first, missing + leaf), isActive };
    } else {
      yield { guides: indent + mark + bullet, text: textOf(first, missing), isActive };
      const between = events.length - 2;
      const pipe = children.length > 0 ? '│ ' : '  ';
      if (between > 0) {
        yield { guides: `${below}│ `, text: `… ${pluralize(between, 'event')}`, isActive: false };
      }
      yield {
        guides: below + (pipe === '│ ' ? '├ ' : '└ '),
        text: textOf(last, leaf),
        isActive,
      };
    }
    const isDeep = depth >= MAX_INDENTED_FORKS;
    const forks = children.map((child, at) => ({
      segment: child,
      depth: depth + 1,
      indent: isDeep ? indent : below,
      mark: at === children.length - 1 ? '└─' : '├─',
    }));
    for (const fork of forks.reverse()) todo.push(fork);
  }
}

function textOf({ slot, record }: BranchNode, note: string): string {
  if (!record) return `#${slot.index} (can't be read)${note}`;
  const kind = safeText(shortKind(record.fields.kind) || '-');
  return `#${slot.index} ${kind}${note}  ${previewLine(record.description)}`;
}

/** Where the leaf is from, if not from the state. */
function leafNote({ leafSource }: TreeReport): string {
  const source = fromEvent(leafSource).trim();
  return source === '' ? '' : `; the leaf is ${source.slice(1, -1)}`;
}

/** One sentence below the tree. */
function summary(branches: TreeReport['branches']): string {
  const { roots, unknownPart, sideEventCount, unrootedEvents, afterGapCount } = branches;
  const count = countBranches(roots);
  // Each segment whose parent is not known can continue another branch.
  const loose = roots.filter((root) => root.isParentUnknown || root.isParentMissing).length;
  const least = Math.max(1, count - loose);
  const parts = [
    `${least < count ? `${least} to ` : ''}${pluralize(count, 'branch', 'branches')}`,
    leafText(branches, count),
    ...(unknownPart === undefined || branches.unknownLeaf !== undefined
      ? []
      : [`the active one is ${safeText(unknownPart)}`]),
    ...(sideEventCount > 0
      ? [
          `${pluralize(sideEventCount, 'state update or error', 'state updates and errors')} on no branch`,
        ]
      : []),
    ...(unrootedEvents.length > 0
      ? [`${pluralize(unrootedEvents.length, 'event')} on no branch: the parents form a cycle`]
      : []),
    ...(afterGapCount > 0
      ? [`${pluralize(afterGapCount, 'event')} cut off by a gap in the index`]
      : []),
  ];
  return parts.join('; ');
}

function leafText(
  { leaf, unknownLeaf, isLeafFromState }: TreeReport['branches'],
  count: number,
): string {
  if (leaf === undefined) return `the leaf is not known: ${safeText(unknownLeaf ?? '')}`;
  if (leaf !== null && unknownLeaf !== undefined) return safeText(unknownLeaf);
  if (leaf !== null) {
    return `leaf ${safeText(leaf)}${isLeafFromState ? '' : ' (the last event)'}`;
  }
  return `no leaf${count === 0 ? '' : ': the next event begins a new root'}`;
}

/** Every segment that no other continues is the end of a branch. */
function countBranches(roots: readonly Segment[]): number {
  let branches = 0;
  const todo = [...roots];
  for (let next = todo.pop(); next; next = todo.pop()) {
    if (next.children.length === 0) branches++;
    for (const child of next.children) todo.push(child);
  }
  return branches;
}
