import type { Fault } from '../../src/domain/event.ts';
import type { IndexCache } from '../../src/index/index-cache.ts';
import { count } from '../../src/query/count.ts';
import { type FilterSpec, makeFilter } from '../../src/query/filter.ts';
import { itemsOf } from '../../src/query/result-items.ts';
import { search } from '../../src/query/search.ts';
import { tail } from '../../src/query/tail.ts';
import type { EventLog } from '../../src/reading/event-log.ts';
import { noReads, type ReadStats } from '../../src/reading/read-stats.ts';
import { findZone } from '../../src/time/zone.ts';
import { openLog } from './open-log.ts';

export const UTC = findZone('UTC')!;
const FILTERS: FilterSpec[] = [
  {},
  { kinds: ['agent-error'] },
  { texts: ['needle'] },
  { texts: ['éLSE'] },
  { texts: ['Needle'], caseSensitive: true },
  { errors: true, index: { from: 2, to: 40 } },
];

/** Everything that queries answer, as plain data, and what was read for it. */
export async function queryAnswers(
  path: string,
  cache?: IndexCache,
): Promise<{ fields: unknown; stats: ReadStats }> {
  const stats = noReads();
  const fields: unknown[] = [];
  const opened = async (use: (log: EventLog) => Promise<void>) => {
    const log = openLog(path, 'measure', { assumeIdle: true, cache });
    await use(log);
    await log.save();
    for (const key of Object.keys(stats) as (keyof ReadStats)[])
      stats[key] += log.scheduler.stats[key];
  };
  const faults = (skipped: readonly Fault[]) =>
    skipped.map(({ slot, code, message }) => [slot.name, code, message]);
  for (const spec of FILTERS) {
    const filter = makeFilter(spec, UTC);
    await opened(async (log) => {
      const counted = await count(log, filter, UTC, 'kind');
      fields.push({ ...counted, skipped: faults(counted.skipped), reachable: log.reachable });
    });
    for (const how of [{}, { limit: 3 }, { limit: 2, descending: true }, { before: 1, after: 1 }]) {
      await opened(async (log) => {
        const request = { filter, zone: UTC, descending: false, before: 0, after: 0, ...how };
        const found = await search(log, request);
        const texts: string[] = [];
        const items = itemsOf(log, found.lines, ({ text }) => text, found.skipped);
        for await (const { row } of items) texts.push(row);
        fields.push({ ...found, skipped: faults(found.skipped), texts });
      });
    }
    await opened(async (log) => {
      const found = await tail(log, filter, 4);
      fields.push({ ...found, skipped: faults(found.skipped) });
    });
  }
  return { fields, stats };
}
