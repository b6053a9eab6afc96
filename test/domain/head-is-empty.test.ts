import { expect, test } from 'vitest';
import { buildTree } from '../../src/domain/event-tree.ts';
import { KnownPaths } from '../../src/domain/knowledge/known-path.ts';
import type { JsonValue } from '../../src/text/json-value.ts';
import { slotOf } from '../helpers/memory.ts';

test.each<[JsonValue, boolean]>([
  [true, true],
  [1, true],
  ['true', true],
  ['Yes', true],
  [false, false],
  [0, false],
  ['no', false],
  [null, false],
])(
  'head_is_empty: %j has the same effect on the tree and on what is known of paths',
  (value, isEmpty) => {
    const nodes = [{ slot: slotOf(0), fields: { kind: 'MessageEvent', parentId: undefined } }];
    const state = { kind: 'valid', value: { head_is_empty: value } } as const;
    const leaf = isEmpty ? null : slotOf(0).id;
    expect(buildTree(nodes, 1, state).leaf).toBe(leaf);
    expect(new KnownPaths(nodes, state).leaf).toBe(leaf);
  },
);
