import { describe, expect, test } from 'vitest';
import { type Subagent, summarize } from '../../../src/history/subagents/subagents.ts';
import { usageOf } from '../../../src/history/usage.ts';
import { subagentsLine } from '../../../src/report/subagents/text.ts';
import { own } from '../../../src/text/json-value.ts';
import { type Costs, stateWith } from '../../helpers/subagents.ts';

const usages = (costs: Costs | undefined) =>
  costs &&
  usageOf({ value: own(stateWith(costs) as never, 'stats') ?? null, source: { kind: 'state' } });

function subagent(id: string, depth: number, costs: Costs | undefined): Subagent {
  return {
    id,
    path: `/${id}`,
    way: id,
    parent: 'p',
    depth,
    events: 4,
    status: 'finished',
    usages: usages(costs),
    problem: undefined,
  };
}

const costOf = (parent: Costs | undefined, ...items: Subagent[]) =>
  summarize(items, usages(parent)).cost;
const lineOf = (parent: Costs | undefined, ...items: Subagent[]) =>
  subagentsLine(summarize(items, usages(parent)));

describe('the cost of subagents', () => {
  test('is not in the cost of the parent, as long as the parent has no copy of it', () => {
    const child = subagent('a', 1, { agent: 7.25 });
    expect(costOf({ agent: 0.05 }, child)).toEqual({
      total: 7.25,
      counted: 0,
      isAtLeast: false,
      unknown: 0,
    });
    expect(lineOf({ agent: 0.05 }, child)).toBe('1 subagent, 4 events, $7.25, not counted here');
    expect(lineOf(undefined, child)).toBe('1 subagent, 4 events, $7.25, not counted here');
  });

  test('is counted once if the parent has a copy, as the SDK makes one when a task ends', () => {
    const child = subagent('a', 1, { agent: 7, condenser: 0.25 });
    const parent = { agent: 0.05, 'task:task_00000001': 7.25 };
    expect(costOf(parent, child)).toMatchObject({ total: 7.25, counted: 7.25, isAtLeast: false });
    expect(lineOf(parent, child)).toBe(
      '1 subagent, 4 events, $7.25; the cost is counted here, the events are not',
    );
    const two = [child, subagent('b', 1, { agent: 2 })];
    expect(costOf(parent, ...two)).toMatchObject({ total: 9.25, counted: 7.25, isAtLeast: false });
    expect(lineOf(parent, ...two)).toBe(
      '2 subagents, 8 events, $9.25; $7.25 of the cost is counted here, the events are not',
    );
    const delegated = { agent: 1, 'delegate:one': 2, 'delegate:two': 7.25 };
    expect(costOf(delegated, ...two)).toMatchObject({ total: 9.25, counted: 9.25 });
  });

  test('of a grandchild is counted once, whoever has a copy of it', () => {
    const tree = [
      subagent('child', 1, { agent: 1, 'task:task_00000001': 3 }),
      subagent('grandchild', 2, { agent: 3 }),
    ];
    expect(costOf({ agent: 0.5 }, ...tree)).toMatchObject({ total: 4, counted: 0 });
    expect(costOf({ agent: 0.5, 'task:task_00000001': 4 }, ...tree)).toMatchObject({
      total: 4,
      counted: 4,
      isAtLeast: false,
    });
  });

  test('is at least what is known', () => {
    const known = subagent('a', 1, { agent: 2 });
    const unknown = subagent('b', 1, undefined);
    expect(costOf({}, unknown).total).toBeUndefined();
    expect(lineOf({ agent: 1 }, unknown)).toBe(
      '1 subagent, 4 events, cost not known, not counted here',
    );
    expect(lineOf({ agent: 1 }, known, unknown)).toBe(
      '2 subagents, 8 events, at least $2.00 (the cost of 1 is not known), not counted here',
    );
    // The copy stands in for the record that is lost.
    expect(costOf({ agent: 1, 'task:task_00000001': 5 }, unknown)).toMatchObject({
      total: 5,
      counted: 5,
      isAtLeast: true,
    });
    // An older copy of what the subagent records now, or the copy of one that is gone: nobody knows.
    expect(costOf({ agent: 1, 'task:task_00000001': 1.5 }, known)).toMatchObject({
      total: 2,
      counted: 1.5,
      isAtLeast: true,
    });
  });

  test('of one that is not stored any more is not among them', () => {
    const parent = { agent: 1, 'task:task_00000001': 2, 'task:task_00000002': 30 };
    expect(costOf(parent, subagent('a', 1, { agent: 2 }))).toMatchObject({
      total: 2,
      counted: 2,
      isAtLeast: false,
    });
  });

  test('those that cannot be opened are named', () => {
    const lost = { ...subagent('b', 1, undefined), events: undefined, problem: 'gone' };
    expect(lineOf({}, lost)).toBe("1 subagent can't be opened");
    expect(lineOf({}, subagent('a', 1, { agent: 2 }), lost)).toContain("; 1 more can't be opened");
  });
});
