import { expect, test } from 'vitest';
import { makeRuleConfig, verify } from '../../src/verification/verify.ts';
import { messageEvent } from '../helpers/conversation.ts';
import { idOf, loaded, slotOf } from '../helpers/memory.ts';
import { ruleContextOf } from '../helpers/rule-context.ts';
import { sample } from '../helpers/sweep.ts';

test('30,000 events with one parent, in one chain, in a cycle or with a missing parent are verified in time', async () => {
  const parents: [string, (index: number) => string | undefined, string[]][] = [
    ['one parent', (index) => (index === 0 ? undefined : idOf(0)), []],
    ['a chain', (index) => (index === 0 ? undefined : idOf(index - 1)), []],
    ['a cycle', (index) => idOf((index + 29_999) % 30_000), ['parent-cycle']],
    ['a missing parent', () => 'ffffffff-0000', ['missing-parent']],
  ];
  for (const [, parentOf, expected] of sample(parents, 2)) {
    const slots = Array.from({ length: 30_000 }, (_, index) => slotOf(index));
    const context = await ruleContextOf(slots, (slot) =>
      loaded(slot, {
        ...messageEvent(slot.index),
        timestamp: '2026-01-01',
        parent_id: parentOf(slot.index),
      }),
    );
    const config = makeRuleConfig({
      severity: new Map(),
      ignore: ['missing-state', 'parent-after-child'],
      only: [],
    });
    expect(verify(context, config, ({ name }) => name).map(({ code }) => code)).toEqual(expected);
  }
});
