import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fault, ReadOutcome } from '../../src/domain/event.ts';
import { pairAnswers } from '../../src/domain/event-links.ts';
import type { StateFile } from '../../src/domain/state-file.ts';
import { BranchStatuses } from '../../src/history/branch-status.ts';
import { branchesOf } from '../../src/history/branches.ts';
import { type Call, callsOf } from '../../src/history/calls.ts';
import { findDivergence } from '../../src/history/comparison/divergence.ts';
import type { EventRecord } from '../../src/history/event-record.ts';
import { type History, readHistory } from '../../src/history/history.ts';
import { pathSeenBy, viewOf } from '../../src/history/model-view.ts';
import { statsOf } from '../../src/history/stats.ts';
import { readSettledStateFile, STATE_FILE } from '../../src/storage/read-state-file.ts';
import { findZone } from '../../src/time/zone.ts';
import { makeRuleContext } from '../../src/verification/rule-context.ts';
import { newestVersion, sdkVersion } from '../../src/verification/sdk/known-versions.ts';
import { makeRuleConfig, verify } from '../../src/verification/verify.ts';
import { fixtures, openFixture } from '../helpers/fixtures.ts';
import { loaded, memorySource, outcomesOf, slotOf } from '../helpers/memory.ts';
import { conversations } from '../helpers/random-conversation.ts';
import { runs, sample } from '../helpers/sweep.ts';

/*
 * Some events of a conversation are lost: their files can't be read, or are missing. Whatever is shown as known of the
 * rest must be true of the whole conversation.
 */

const UTC = findZone('UTC')!;

interface Stored {
  readonly outcomes: readonly ReadOutcome[];
  readonly state: StateFile;
}

/** What happens to each event, by index modulo the length, and to the state. */
interface Damage {
  readonly events: readonly ('kept' | 'unreadable' | 'missing')[];
  readonly isStateLost: boolean;
}

const damages: fc.Arbitrary<Damage> = fc.record({
  events: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constant('kept' as const) },
      { weight: 2, arbitrary: fc.constant('unreadable' as const) },
      { weight: 1, arbitrary: fc.constant('missing' as const) },
    ),
    { minLength: 1, maxLength: 40 },
  ),
  isStateLost: fc.constantFrom(false, false, false, true),
});

function damaged({ outcomes, state }: Stored, { events, isStateLost }: Damage): Stored {
  const left = outcomes.flatMap((outcome, at): ReadOutcome[] => {
    const fate = events[at % events.length];
    // That events are missing at the end can't be seen.
    if (fate === 'kept' || (fate === 'missing' && at === outcomes.length - 1)) return [outcome];
    const fault: Fault = {
      kind: 'fault',
      slot: outcome.slot,
      code: 'truncated-json',
      message: 'torn',
      bytes: 1,
    };
    return fate === 'missing' ? [] : [fault];
  });
  const lost: StateFile = { kind: 'invalid', code: 'truncated-json', message: 'torn' };
  return { outcomes: left, state: isStateLost ? lost : state };
}

const historyOf = ({ outcomes, state }: Stored) => readHistory(memorySource(outcomes), state);

/** What is claimed of each event. Claims that are not known are undefined. */
function claimsOf(history: History): Map<string, Record<string, unknown>> {
  const statuses = new BranchStatuses(history);
  const claims = history.records.map((record) => {
    const status = statuses.of(record);
    return [
      record.slot.name,
      {
        branch: ['unknown', 'beyond'].includes(status) ? undefined : status,
        forgotten: statuses.isForgotten(record),
        forgottenBy: statuses.forgottenBy(record)?.slot.id,
        parent: parentOf(history, record),
        view: viewAt(history, record),
      },
    ] as const;
  });
  return new Map(claims);
}

/** The claims about calls that are not true. */
function falseCalls(part: History, whole: History): string[] {
  const keyOf = ({ slot, fields }: EventRecord) =>
    fields.kind === 'ACPToolCallEvent' ? `${fields.toolCallId}` : slot.name;
  const calls = new Map(callsOf(whole, UTC).map((call) => [keyOf(call.action), call]));
  // After a jump to another branch, an action can be answered again. Then one of its answers is shown.
  const answers = new Set(
    [...pairAnswers(whole.records)].map(
      ([answer, action]) => `${action.slot.name} ${answer.slot.name}`,
    ),
  );
  return callsOf(part, UTC).flatMap(({ action, answer, outcome, loop }) => {
    const truth = calls.get(keyOf(action))!;
    const isOther = answer?.slot.name !== truth.answer?.slot.name;
    const hasOther = isOther && answer && answers.has(`${action.slot.name} ${answer.slot.name}`);
    const isOutcomeTrue = outcome === 'unknown' || outcome === truth.outcome;
    return [
      ...(isOutcomeTrue || hasOther ? [] : [`${action.slot.name} is not ${outcome}`]),
      ...(answer && isOther && !hasOther ? [`${action.slot.name} has another answer`] : []),
      ...(loop && !truth.loop ? [`${action.slot.name} is in no loop`] : []),
      ...(loop?.sameAnswers === false && truth.loop?.sameAnswers
        ? ['the answers are the same']
        : []),
    ];
  });
}

function parentOf({ paths }: History, record: EventRecord): unknown {
  const parent = paths.parentOf(record);
  return 'limit' in parent ? undefined : (parent.node?.slot.id ?? null);
}

function viewAt(history: History, record: EventRecord): unknown {
  const path = pathSeenBy(history, record);
  if (!path || path.unknownPart !== undefined) return undefined;
  return viewOf(path.events).map((item) => `${item.record.slot.id} ${item.isSummary}`);
}

/** The claims that are not true. */
function falseClaims(part: History, whole: History): string[] {
  const truth = claimsOf(whole);
  return [...claimsOf(part)].flatMap(([name, claims]) =>
    Object.entries(claims)
      .filter(([claim, value]) => value !== undefined && !same(value, truth.get(name)?.[claim]))
      .map(([claim, value]) => `${name}: ${claim} is ${value}, not ${truth.get(name)?.[claim]}`),
  );
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Rules that conclude something from what is not there. */
const RULES_OF_ABSENCE = [
  'unmatched-action',
  'orphan-observation',
  'forgotten-unknown-id',
  'stale-leaf',
];

async function findingsOf({ outcomes, state }: Stored): Promise<string[]> {
  const context = await makeRuleContext({
    ...memorySource(outcomes),
    unrecognized: [],
    folderId: undefined,
    state,
    meta: { kind: 'absent' },
    lease: { kind: 'absent' },
    isLive: false,
    now: 0,
    zone: UTC,
    writtenAt: () => undefined,
    seal: undefined,
    judges: [sdkVersion(newestVersion())],
  });
  const config = makeRuleConfig({ severity: new Map(), ignore: [], only: RULES_OF_ABSENCE });
  return verify(context, config, ({ name }) => name).map(({ code, file }) => `${code} ${file}`);
}

async function check(stored: Stored, damage: Damage): Promise<void> {
  const less = damaged(stored, damage);
  const [whole, part] = [await historyOf(stored), await historyOf(less)];
  expect(falseClaims(part, whole)).toEqual([]);
  expect(falseCalls(part, whole)).toEqual([]);
  checkTree(part, whole);
  checkCounts(part, whole);
  const findings = await findingsOf(stored);
  expect((await findingsOf(less)).filter((finding) => !findings.includes(finding))).toEqual([]);
}

function checkTree(part: History, whole: History): void {
  if (part.paths.leaf !== undefined) expect(part.paths.leaf).toBe(whole.paths.leaf);
  const truth = new BranchStatuses(whole);
  const { roots } = branchesOf(part, new BranchStatuses(part));
  for (let todo = [...roots]; todo.length > 0; ) {
    const { events, children, isActive, isParentMissing, isParentUnknown } = todo.pop()!;
    todo.push(...children);
    const [first] = events;
    if (isActive !== undefined) expect(truth.isOnPath(first!.slot)).toBe(isActive);
    if (roots.some((root) => root.events === events) && !isParentMissing && !isParentUnknown) {
      expect(whole.tree.parentOf(first!.slot.index)).toBe(null);
    }
  }
}

/** After a jump to another branch, an action can be answered again, and the answers can differ. */
function isAnsweredOnce({ records }: History): boolean {
  const pairs = pairAnswers(records);
  return new Set(pairs.values()).size === pairs.size;
}

function checkCounts(part: History, whole: History): void {
  if (!isAnsweredOnce(whole)) return;
  const of = (history: History) => statsOf(history, callsOf(history, UTC), {}, UTC);
  const [seen, truth] = [of(part), of(whole)];
  for (const { tool, calls, answered, failed, unanswered } of seen.tools) {
    const most = truth.tools.find((one) => one.tool === tool);
    expect(most?.calls).toBeGreaterThanOrEqual(calls);
    expect(most?.answered).toBeGreaterThanOrEqual(answered);
    expect(most?.failed).toBeGreaterThanOrEqual(failed);
    expect(most?.unanswered).toBeGreaterThanOrEqual(unanswered);
  }
}

const stored = conversations.map(
  ({ events, state }): Stored => ({
    outcomes: events.map((event, at) => loaded(slotOf(at), event)),
    state,
  }),
);

test('what is shown as known of a damaged conversation is true of the whole one', async () => {
  await fc.assert(fc.asyncProperty(stored, damages, check), runs(20_000, 1_500));
});

describe.each(sample(fixtures, 12))('$name', ({ conversation }) => {
  test('what is shown as known of damaged copies is true of it', async () => {
    const log = openFixture(conversation);
    const outcomes = await outcomesOf(log);
    const state = await readSettledStateFile(log.folder, STATE_FILE);
    const property = fc.asyncProperty(damages, (damage) => check({ outcomes, state }, damage));
    await fc.assert(property, runs(300, 30));
  });
});

test('of a whole conversation, everything is known', async () => {
  const property = fc.asyncProperty(stored, async (one) => {
    const history = await historyOf(one);
    const statuses = new BranchStatuses(history);
    expect(statuses.unknownPart).toBe(undefined);
    expect(history.records.map((record) => statuses.of(record))).not.toContain('unknown');
    expect(history.records.map((record) => statuses.isForgotten(record))).not.toContain(undefined);
    expect(callsOf(history, UTC).map(({ outcome }) => outcome)).not.toContain('unknown');
    // The tree of the SDK and the paths through all files are built in different ways.
    const path = history.paths.fromLeaf().events.map(({ slot }) => slot.index);
    expect(path).toEqual(history.tree.branch);
  });
  await fc.assert(property, runs(5_000, 500));
});

test('two conversations that are the same never differ for certain when events are lost', async () => {
  const property = fc.asyncProperty(stored, damages, damages, async (one, first, second) => {
    fc.pre(isAnsweredOnce(await historyOf(one)));
    const sides = [damaged(one, first), damaged(one, second)].map(async (side) => {
      const history = await historyOf(side);
      const statuses = new BranchStatuses(history);
      return {
        calls: callsOf(history, UTC).filter(({ action }) => statuses.of(action) !== 'off'),
        lost: history.lost,
        isOnBranch: ({ action }: Call) => statuses.isActive(action),
      };
    });
    const [a, b] = await Promise.all(sides);
    expect(findDivergence(a!, b!).isCertain).toBe(false);
  });
  await fc.assert(property, runs(10_000, 1_000));
});
