import type { z } from 'zod';
import type { Segment } from '../../history/branches.ts';
import type { BranchNode } from '../../history/history.ts';
import { sourceJson } from '../facts/coverage-json.ts';
import type { treeDocument } from '../schemas/tree.ts';
import { skippedJson } from '../skipped.ts';
import { subagentsJson } from '../subagents/json.ts';
import type { TreeReport } from './types.ts';

type Document = z.infer<typeof treeDocument>;

export function treeJson(report: TreeReport): Document {
  const { conversation, branches } = report;
  return {
    format_version: 1,
    conversation,
    leaf: branches.leaf ?? null,
    leaf_known: branches.leaf !== undefined,
    leaf_is_stated: branches.isLeafFromState,
    leaf_source: sourceJson(report.leafSource),
    unknown_part: branches.unknownPart ?? null,
    segments: segmentsOf(branches.roots),
    aside: branches.sideEventCount,
    detached: branches.unrootedEvents.map(({ slot: { index, id } }) => ({ index, id })),
    beyond: branches.afterGapCount,
    skipped: skippedJson(report),
    ...subagentsJson(report),
  };
}

/** Parents come before children. There is no recursion, because a conversation can fork very often. */
function segmentsOf(roots: readonly Segment[]): Document['segments'] {
  const segments: Document['segments'] = [];
  const todo = roots.map((segment) => ({ segment, parent: null as number | null })).reverse();
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { events, children, isActive, hasLeaf, isParentMissing, isParentUnknown } = next.segment;
    const number = segments.length;
    segments.push({
      number,
      parent: next.parent,
      events: events.length,
      first: eventOf(events[0] as BranchNode),
      last: eventOf(events.at(-1) as BranchNode),
      active: isActive ?? null,
      has_leaf: hasLeaf,
      parent_missing: isParentMissing,
      parent_known: !isParentMissing && !isParentUnknown,
    });
    for (const segment of children.toReversed()) todo.push({ segment, parent: number });
  }
  return segments;
}

function eventOf({ slot, record }: BranchNode) {
  const { index, id } = slot;
  return { index, id, kind: record?.fields.kind ?? null, about: record?.description ?? '' };
}
