import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { eventPath, makeConversation, writeState } from '../helpers/conversation.ts';
import { call, stats, update, work } from '../helpers/steps.ts';

const json = async (...args: string[]) => JSON.parse((await cli([...args, '--json'])).stdout);
const text = async (...args: string[]) => (await cli([...args, '-q'])).stdout;
const listed = async (path: string) => (await json('ls', dirname(path))).items[0];

function withoutState(events: readonly object[]): string {
  const path = makeConversation(events);
  rmSync(join(path, 'base_state.json'));
  return path;
}

describe('usage', () => {
  const known = (n: number, of: number) => ({
    unit: 'responses',
    known: n,
    of,
    complete: n === of,
  });

  test('known for one of four responses', async () => {
    const path = makeConversation(work(4));
    writeState(path, { stats: stats({ cost: 0.01, listed: ['r2'] }) });
    expect(await text('stats', path)).toContain(
      'usage is known for 1 of 4 responses: cost at least $0.0100\n',
    );
    expect((await json('stats', path)).coverage).toMatchObject({
      usage: known(1, 4),
      cost: known(1, 4),
    });
    expect((await listed(path)).coverage.usage).toEqual(known(1, 4));
    expect(await text('ls', dirname(path))).toContain(' ≥$0.0100 ');
    expect(await text('export', path)).toMatch(
      /- cost: `at least \$0.0100`\n- usage: `usage is known for 1 of 4 responses`/,
    );
    const page = await text('export', path, '--format', 'html');
    expect(page).toContain('<dd>at least $0.0100</dd>');
    expect(page).toContain('<li>Usage is known for 1 of 4 responses.</li>');
    expect((await json('diff', path, path)).a.coverage.cost).toEqual(known(1, 4));
    expect(await text('diff', path, path)).toMatch(/cost +at least \$0.0100/);
    expect(await text('show', path, '4')).toContain('its usage is not known');
  });

  test('a cost of 0 is known where no response is without a price, in the row and in the total', async () => {
    const path = makeConversation([]);
    writeState(path, { stats: stats({ cost: 0, listed: [] }) });
    const list = await text('ls', dirname(path));
    expect(list).toContain(' $0.00 ');
    expect(list).toContain('1 conversation, 0 events, 0 failed, 1 unknown, $0.00 and 120 tokens');
    writeState(makeConversation(work(1), 'unpriced', dirname(path)), {
      stats: stats({ cost: 0, listed: ['r1'] }),
    });
    const { items, totals } = await json('ls', dirname(path));
    expect(items.map(({ cost }: { cost: unknown }) => cost)).toEqual([null, 0]);
    expect(totals).toMatchObject({ cost: null, failed: 0, outcomes: { lost: 1, unknown: 1 } });
  });

  test('known for every response', async () => {
    const path = makeConversation(work(2));
    writeState(path, { stats: stats({ cost: 0.02, listed: ['r2', 'r4'], costs: 2 }) });
    expect((await json('stats', path)).coverage.cost).toEqual(known(2, 2));
    expect(await text('stats', path)).not.toMatch(/at least|is known/);
    expect((await listed(path)).coverage.usage).toMatchObject({ complete: true });
  });

  test('calls of one response are one response', async () => {
    const [, , first, , second] = work(2) as { llm_response_id: string }[];
    const parallel = { ...second!, llm_response_id: first!.llm_response_id };
    const path = makeConversation([...work(2).slice(0, 4), parallel, work(2)[5]!]);
    writeState(path, { stats: stats({ cost: 0.02, listed: ['r2'], costs: 1 }) });
    expect((await json('stats', path)).coverage.usage).toEqual(known(1, 1));
    expect((await listed(path)).coverage.usage).toEqual(known(1, 1));
  });

  test('a model without a price has no known cost', async () => {
    const path = makeConversation(work(2));
    writeState(path, { stats: stats({ cost: 0, listed: ['r2', 'r4'] }) });
    const { coverage } = await json('stats', path);
    expect(coverage).toMatchObject({ usage: known(2, 2), cost: known(0, 2) });
    const shown = await text('stats', path);
    expect(shown).toContain('the cost is known for 0 of 2 responses: the others have no price');
    expect(shown).not.toContain('$0.00');
    expect(await text('ls', dirname(path))).not.toContain('$0.00');
  });

  test('prices for some responses', async () => {
    const path = makeConversation(work(3));
    writeState(path, { stats: stats({ cost: 0.02, listed: ['r2', 'r4', 'r6'], costs: 2 }) });
    expect((await json('stats', path)).coverage.cost).toEqual(known(2, 3));
    expect(await text('stats', path)).toContain('cost at least $0.0200');
  });

  test('a total that names no response may contain all of them', async () => {
    const path = makeConversation(work(2));
    writeState(path, { stats: stats({ cost: 0.3 }) });
    const unknown = { unit: 'responses', known: null, of: 2, complete: null };
    expect((await json('stats', path)).coverage.usage).toEqual(unknown);
    expect((await listed(path)).coverage.usage).toEqual(unknown);
  });

  test('a total in an event lacks the responses after it', async () => {
    const total = update(4, 'stats', stats({ cost: 0.3 }));
    const path = withoutState([...work(1), total]);
    const { sources, coverage } = await json('stats', path);
    expect(sources.usage).toMatchObject({ from: 'event', index: 4 });
    expect(coverage.cost).toMatchObject({ known: null, complete: null });
    const later = withoutState([...work(1), total, { ...call(5), llm_response_id: 'r5' }]);
    expect((await json('stats', later)).coverage.cost).toMatchObject({ complete: false });
    expect(await text('stats', later)).toContain('cost at least $0.3000');
    expect(await text('ls', dirname(later))).toContain(' ≥$0.3000 ');
  });

  test('no usage at all', async () => {
    const path = makeConversation(work(2));
    expect((await json('stats', path)).coverage.usage).toEqual(known(0, 2));
    expect(await text('stats', path)).toContain('usage is known for 0 of 2 responses\n');
    expect((await listed(path)).cost).toBeNull();
  });
});

describe('events that can’t be read', () => {
  test('are missing from every count, which says so', async () => {
    const path = makeConversation(work(2));
    truncateSync(eventPath(path, 3), 20);
    const coverage = { unit: 'events', known: 5, of: 6, complete: false };
    expect((await json('stats', path)).coverage.events).toEqual(coverage);
    expect(await text('stats', path)).toContain("5 of 6 events (the others can't be read)");
    expect((await json('count', path, '--by', 'kind')).coverage).toEqual(coverage);
    expect((await listed(path)).coverage.events).toEqual(coverage);
    expect((await json('diff', path, path)).a.coverage.events).toEqual(coverage);
    const verified = await json('verify', path, '--assume-idle');
    expect(verified.totals).toMatchObject({ events: 6, unreadable: 1, coverage });
    expect(await text('verify', path, '--assume-idle')).toContain("6 events (1 can't be read)");
    expect(await text('export', path)).toContain('- events: `5 of 6 events`');
  });

  test('a count by names alone covers them', async () => {
    const path = makeConversation(work(2));
    truncateSync(eventPath(path, 3), 20);
    expect((await json('count', path)).coverage).toMatchObject({ known: 6, of: 6, complete: true });
  });
});

test('calls that a limit leaves out', async () => {
  const { complete, coverage } = await json('calls', makeConversation(work(3)), '-n', '2');
  expect([complete, coverage]).toEqual([
    false,
    { unit: 'calls', known: 2, of: 3, complete: false },
  ]);
});

test('a usage with absurd numbers has no coverage above what there is', async () => {
  const path = makeConversation(work(1));
  writeFileSync(
    join(path, 'base_state.json'),
    '{"stats":{"usage_to_metrics":{"a":{"token_usages":[7,{"response_id":"r2"},{"response_id":"r2"}],"costs":"x"}}}}',
  );
  expect((await json('stats', path)).coverage.usage).toMatchObject({ known: 1, of: 1 });
});
