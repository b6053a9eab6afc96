import { describe, expect, test } from 'vitest';
import { count } from '../../src/query/count.ts';
import { parseComparison } from '../../src/query/fields/field-comparison.ts';
import { type FilterSpec, makeFilter } from '../../src/query/filter.ts';
import { search } from '../../src/query/search.ts';
import { makePattern } from '../../src/text/regex/pattern.ts';
import { findZone } from '../../src/time/zone.ts';
import { fixtures, openFixture } from '../helpers/fixtures.ts';
import { outcomesOf } from '../helpers/memory.ts';
import { sample } from '../helpers/sweep.ts';

const UTC = findZone('UTC')!;
const at = (iso: string) => Date.parse(iso) * 1000;

const FILTERS: Record<string, FilterSpec> = {
  none: {},
  text: { texts: ['test'] },
  'text, case-sensitive': { texts: ['Test'], caseSensitive: true },
  regexp: { patterns: [makePattern('\\bpy\\w+', false)] },
  kind: { kinds: ['action'] },
  'not a kind': { kinds: ['!observation', '!state-update'] },
  source: { sources: ['environment', 'user'] },
  tool: { tools: ['terminal'] },
  body: { body: 'the' },
  since: { since: at('2026-03-02T09:14:29Z') },
  until: { until: at('2026-03-02T09:14:46Z') },
  index: { index: { from: 3, to: 11 } },
  id: { id: 'b' },
  errors: { errors: true },
  where: { where: [parseComparison('observation.exit_code>=0', false)!] },
  several: { kinds: ['action', 'observation'], texts: ['e'], index: { from: 2, to: 99 } },
};

describe.each(sample(fixtures, 8))('$name', ({ conversation, events }) => {
  test('pages of any size add up to the whole result, whatever the filter', async () => {
    const log = openFixture(conversation);
    expect(await outcomesOf(log)).toHaveLength(events);
    for (const spec of Object.values(FILTERS)) {
      const filter = makeFilter(spec, UTC);
      for (const descending of [false, true]) {
        const request = { filter, zone: UTC, descending, before: 0, after: 0 };
        const all = (await search(log, request)).lines.map(({ position }) => position);
        expect((await count(log, filter, UTC)).count).toBe(all.length);
        for (const limit of [1, 2, 7, 100]) {
          const walked: number[] = [];
          let page: string | null | undefined;
          while (page !== null) {
            const result = await search(log, { ...request, limit, ...(page && { page }) });
            walked.push(...result.lines.map(({ position }) => position));
            page = result.nextPage;
          }
          expect(walked).toEqual(all);
        }
      }
    }
    expect(log.scheduler.stats.opened).toBe(events);
  });
});
