import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readHistory } from '../../src/history/history.ts';
import { pathTo, viewOf } from '../../src/history/model-view.ts';
import { readSettledStateFile, STATE_FILE } from '../../src/storage/read-state-file.ts';
import { ROOT } from '../helpers/cli.ts';
import { openFixture } from '../helpers/fixtures.ts';
import { idOf, loaded, memorySource, slotOf, stampAt } from '../helpers/memory.ts';

interface SdkViews {
  by: string;
  branch: number[];
  views: Record<string, (number | string)[]>;
}

/** What the real SDK showed the model, at every event of every fixture. */
const fields = Object.entries(
  JSON.parse(readFileSync(join(ROOT, 'fixtures/sdk-views.json'), 'utf8')) as Record<
    string,
    SdkViews
  >,
);

/** Of several calls in one response, 1.4.1 shows those that are answered, 1.58.2 none until all are. */
const OLDER: Record<string, string[]> = {
  '1.4.1/51ab21c431285632a90bd2f2281fd5be': ['5', '6', '10'],
  '1.4.1/76045971a6ad52439d3577fa2e5b7440': ['6', '8'],
};

describe.each(fields)('%s', (conversation, { by, branch, views }) => {
  test("the active branch and the view at every event are the SDK's own", async () => {
    const log = openFixture(conversation);
    const history = await readHistory(log, await readSettledStateFile(log.folder, STATE_FILE));
    expect(history.tree.branch.toReversed()).toEqual(branch);
    const ours: SdkViews['views'] = {};
    for (const index of Object.keys(views)) {
      const { id } = history.tree.events[Number(index)]!.slot;
      ours[index] = viewOf(pathTo(history, id)).map(({ record, isSummary }) =>
        isSummary ? `summary:${record.slot.index}` : record.slot.index,
      );
    }
    const differing = Object.keys(views).filter((at) => String(ours[at]) !== String(views[at]));
    expect(differing).toEqual(by === '1.58.2' ? [] : (OLDER[conversation] ?? []));
  });
});

type Short = [kind: string, ...parts: unknown[]];

/** An event of a tangle, as far as a view looks at it. See fixtures/generate/tangles.py. */
function expand(tangle: readonly Short[], [kind, ...parts]: Short, index: number): object {
  const position = (at: unknown) =>
    typeof at === 'number' ? idOf(at) : `${idOf(Number(String(at).slice(1)))}-summary`;
  const base = { id: idOf(index), timestamp: stampAt(index * 1_000_000), source: 'agent' };
  const [first, second, third, fourth] = parts;
  const kinds: Record<string, () => object> = {
    m: () => ({ kind: 'MessageEvent', source: 'user' }),
    p: () => ({ kind: 'PauseEvent' }),
    a: () => ({
      kind: 'ActionEvent',
      tool_call_id: first,
      llm_response_id: second,
      thinking_blocks: third ? [{ type: 'thinking' }] : [],
      ...(fourth ? { action: { kind: 'TerminalAction' } } : {}),
    }),
    o: () => ({
      kind: 'ObservationEvent',
      action_id: position(first),
      tool_call_id: tangle[first as number]?.[1],
    }),
    e: () => ({ kind: 'AgentErrorEvent', tool_call_id: first }),
    c: () => ({
      kind: 'Condensation',
      forgotten_event_ids: (first as unknown[]).map(position),
      ...(second !== null && { summary: 'x', summary_offset: second }),
      llm_response_id: third,
    }),
  };
  return { ...base, ...kinds[kind]!() };
}

test('the view of random branches is that of the SDK', async () => {
  const json = readFileSync(join(ROOT, 'fixtures/sdk-tangles.json'), 'utf8');
  const tangles = JSON.parse(json) as { events: Short[]; views: (number | string)[][] }[];
  for (const { events, views } of tangles) {
    const outcomes = events.map((event, at) => loaded(slotOf(at), expand(events, event, at)));
    const history = await readHistory(memorySource(outcomes), { kind: 'absent' });
    const ours = events.map((_, at) =>
      viewOf(pathTo(history, idOf(at))).map(({ record, isSummary }) =>
        isSummary ? `s${record.slot.index}` : record.slot.index,
      ),
    );
    expect({ events, views: ours }).toEqual({ events, views });
  }
});
