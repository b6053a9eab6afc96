import { describe, expect, test } from 'vitest';
import type { Request } from '../../src/command-line/define-command.ts';
import { UsageError } from '../../src/command-line/usage-error.ts';
import { callsPlan } from '../../src/commands/calls.ts';
import { countPlan } from '../../src/commands/count.ts';
import { exportPlan } from '../../src/commands/export.ts';
import { lsPlan } from '../../src/commands/ls.ts';
import { searchPlan } from '../../src/commands/search.ts';
import { showPlan } from '../../src/commands/show.ts';
import { tailPlan } from '../../src/commands/tail.ts';
import { verifyPlan } from '../../src/commands/verify.ts';
import type { Filter } from '../../src/query/filter.ts';
import { findZone, type Zone } from '../../src/time/zone.ts';
import { messageEvent } from '../helpers/conversation.ts';
import { loaded, slotOf } from '../helpers/memory.ts';

/** The clock of every request, in milliseconds since the epoch. */
const NOW = Date.UTC(2026, 0, 2, 12);
const HOUR = 3_600_000;

const COMMON = { jobs: 16, cache: true, color: 'auto', pager: true } as const;

/** A command line as commander passes it on. No file that it names exists. */
function request<Flags>(operands: readonly unknown[], flags: Flags) {
  const zone = findZone('UTC') as Zone;
  return {
    operands,
    flags: { ...COMMON, ...flags },
    now: NOW * 1000,
    zone,
  } satisfies Request<unknown>;
}

/** Whether a filter passes a message of this time. @param time milliseconds since the epoch */
function passes(filter: Filter, time: number, text = 'a message'): boolean {
  const timestamp = new Date(time).toISOString();
  const event = loaded(slotOf(0), { ...messageEvent(0, text), timestamp });
  return filter.verdictOn(event.entry, event) === true;
}

describe('search', () => {
  test('the defaults', () => {
    const { filter, ...plan } = searchPlan(request(['1628'], { sort: 'TIMESTAMP' }));
    expect(filter.needsNamesOnly).toBe(true);
    expect(plan).toMatchObject({
      conversation: '1628',
      pattern: undefined,
      branch: undefined,
      request: { descending: false, before: 0, after: 0 },
      output: { format: 'text', fields: undefined, meta: false, nul: false },
    });
    expect(plan.request).not.toHaveProperty('limit');
  });

  test('the pattern joins the texts, and times count from the clock', () => {
    const flags = { sort: 'desc', text: ['MESSAGE'], since: '2h', until: 'today' };
    expect(searchPlan(request(['1628', 'needle'], flags)).request.descending).toBe(true);
    const { filter } = searchPlan(request(['1628', 'needle'], { ...flags, until: '1h' }));
    const text = 'a message with a needle';
    expect(passes(filter, NOW - 2 * HOUR, text)).toBe(true);
    expect(passes(filter, NOW - 2 * HOUR - 1, text)).toBe(false);
    expect(passes(filter, NOW - HOUR, text)).toBe(false);
    expect(passes(filter, NOW - 2 * HOUR, 'a message')).toBe(false);
    expect(passes(filter, NOW - 2 * HOUR, 'a needle')).toBe(false);
  });

  test('one side of the context overrides both', () => {
    const flags = { sort: 'asc', context: 3, afterContext: 1 };
    expect(searchPlan(request([], flags)).request).toMatchObject({ before: 3, after: 1 });
  });

  test.each([
    [{ sort: 'size' }, '--sort size'],
    [{ sort: 'asc', since: 'soon' }, '--since soon'],
    [{ sort: 'asc', regexp: ['('] }, '--regexp ('],
    [{ sort: 'asc', where: ['a'] }, '--where a'],
    [{ sort: 'asc', kind: [''] }, '--kind'],
    [{ sort: 'asc', source: ['robot'] }, '--source robot'],
    [{ sort: 'asc', index: '5..x' }, '--index 5..x'],
    [{ sort: 'asc', fields: 'a,,b', json: true }, '--fields a,,b'],
    [{ sort: 'asc', meta: true }, '--meta'],
  ])('%j is refused, and the option is named', (flags, start) => {
    const plan = () => searchPlan(request(['1628'], flags));
    expect(plan).toThrow(UsageError);
    expect(plan).toThrow(start);
  });
});

test('tail prints lines where others print a document, since it may have no end', () => {
  const flags = { lines: 10, json: true } as const;
  expect(tailPlan(request([], flags)).output.format).toBe('ndjson');
});

test('tail: --until-done follows, and what has an end cannot be followed', () => {
  expect(tailPlan(request([], { lines: 10, untilDone: true }))).toMatchObject({
    isFollowing: true,
    untilDone: true,
  });
  const follow = { lines: 10, follow: true } as const;
  expect(() => tailPlan(request([], { ...follow, output: 'table' }))).toThrow(UsageError);
  expect(() => tailPlan(request([], { ...follow, branch: '12' }))).toThrow(UsageError);
  expect(tailPlan(request([], { ...follow, branch: 'active' })).branch).toBe('active');
});

test.each([
  [['12'], { conversation: '12', reference: undefined }],
  [['-2'], { conversation: '-2', reference: undefined }],
  [['1628'], { conversation: '1628', reference: undefined }],
  [['1628', '7'], { conversation: '1628', reference: '7' }],
  [[], { conversation: undefined, reference: undefined }],
])('show %j names this event', (operands, expected) => {
  expect(showPlan(request(operands, {}))).toMatchObject({ ...expected, what: 'event' });
});

test('count and calls resolve filters and formats alike', () => {
  const flags = { kind: ['action'], json: true } as const;
  const counted = countPlan(request(['1628'], { ...flags, by: 'tool' }));
  expect(counted).toMatchObject({ by: 'tool', format: 'json', kinds: ['action'] });
  const listed = callsPlan(request(['1628'], { ...flags, sort: 'duration', limit: 5 }));
  expect(listed).toMatchObject({
    sort: { key: 'duration' },
    limit: 5,
    format: 'json',
    branch: 'all',
  });
  for (const { filter } of [counted, listed]) expect(passes(filter, NOW)).toBe(false);
});

test('export: --out - means stdout, and nothing is redacted unless asked', () => {
  const flags = { format: 'md', out: '-', maxLength: 60_000 } as const;
  expect(exportPlan(request(['1628'], flags))).toMatchObject({
    out: undefined,
    branch: 'all',
    redaction: undefined,
    limits: { length: 60_000, isWhole: false },
  });
});

test('ls resolves a relative time against the clock', () => {
  expect(lsPlan(request([[]], { sort: 'cost', since: '90m' })).since).toBe(
    (NOW - 1.5 * HOUR) * 1000,
  );
  expect(() => lsPlan(request([[]], { sort: 'cost', since: 'never' }))).toThrow('--since never');
});

test('verify: an explanation needs nothing else', async () => {
  expect(await verifyPlan(request([[]], { explain: 'index-gap', only: ['nonsense'] }))).toEqual({
    kind: 'explain',
    code: 'index-gap',
  });
});

test('verify: rules are resolved before any file is opened', async () => {
  const plan = await verifyPlan(request([['gone']], { strict: true, severity: ['index-gap=off'] }));
  expect(plan).toMatchObject({ kind: 'verify', paths: ['gone'], failOn: 'warning', all: false });
  await expect(verifyPlan(request([['gone']], { only: ['nonsense'] }))).rejects.toThrow(UsageError);
});
