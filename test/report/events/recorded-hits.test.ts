import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { LoadedEvent } from '../../../src/domain/event.ts';
import { type Filter, type FilterSpec, makeFilter } from '../../../src/query/filter.ts';
import { itemOf } from '../../../src/query/result-items.ts';
import { eventsTable } from '../../../src/report/events/table.ts';
import { eventsText } from '../../../src/report/events/text.ts';
import type { EventsReport } from '../../../src/report/events/types.ts';
import { makeStyle, type Style } from '../../../src/report/text/style.ts';
import { makePattern } from '../../../src/text/regex/pattern.ts';
import { findZone } from '../../../src/time/zone.ts';
import { markHighlights } from '../../helpers/matches.ts';
import { openLog } from '../../helpers/open-log.ts';
import { hasRecorded, RECORDED } from '../../helpers/screens.ts';
import { sample } from '../../helpers/sweep.ts';

const UTC = findZone('UTC')!;
const WIDTHS = [20, 60, 80, 160, undefined];
const WORDS =
  'error pytest Traceback TODO import matrix password curl sudo README def class http'.split(' ');
/** On narrower terminals, a table is wider than the terminal. */
const MIN_TABLE_COLUMNS = 40;
/** Matches of nothing, at both ends, of white space, over lines, of wide characters, and longer than a line. */
const PATTERNS = ['^|x*', '^.', '.$', '\\s+', '\\n.*\\n', '[^\\x00-\\x7f]+', '.{300}', '.'];

type Query = readonly [name: string, spec: FilterSpec];
const WORD_QUERIES = sample(WORDS, 6).map((word): Query => [word, { texts: [word] }]);
const PATTERN_QUERIES = PATTERNS.map(
  (source): Query => [source, { patterns: [makePattern(source, false)], allFields: true }],
);

async function eventsOf(path: string): Promise<LoadedEvent[]> {
  const log = openLog(path);
  const events: LoadedEvent[] = [];
  await log.scan(
    [...log.slots.keys()],
    { needsBody: () => true, mayNeedBodies: true },
    {
      entry(_, event) {
        if (event) events.push(event);
        return undefined;
      },
      fault: () => undefined,
    },
  );
  return events;
}

/** A report on the events that pass a filter. */
function reportOn(path: string, hits: readonly LoadedEvent[], { matchesIn }: Filter): EventsReport {
  return {
    conversation: { id: 'x', path },
    zone: UTC,
    skipped: [],
    withSubagents: false,
    subagents: () => {
      throw new Error('not asked for');
    },
    fileOf: ({ name }) => name,
    read: (select) => hits.map((event) => itemOf(event, select)),
    answer: { nextPage: null, scanned: hits.length, complete: true },
    lastIndex: 999,
    fields: undefined,
    meta: false,
    marks: undefined,
    hasContext: false,
    matchesIn,
    listsMatches: false,
    maxColumns: undefined,
    isFull: false,
    nul: false,
  };
}

type Reporter = (report: EventsReport, style: Style) => AsyncIterable<string>;

async function linesOf(reporter: Reporter, report: EventsReport, style: Style): Promise<string[]> {
  let output = '';
  for await (const part of reporter(report, style)) output += part;
  return output.split('\n');
}

/** What is wrong with a line of a hit. */
function faultIn(line: string, hasMatch: boolean, columns: number | undefined): string | undefined {
  const marked = markHighlights(line);
  const width = stringWidth(marked.replaceAll(/[«»]/g, ''));
  if (columns !== undefined && width > columns) return `${width} columns: ${marked}`;
  return marked.includes('«') === hasMatch ? undefined : `${columns}: ${marked}`;
}

/** @returns what is wrong with the lines of all hits, in text and in tables of each width */
async function faultsOf(folder: string, queries: readonly Query[]): Promise<string[]> {
  const path = join(RECORDED, folder);
  const events = await eventsOf(path);
  const faults: string[] = [];
  for (const [name, spec] of queries) {
    const filter = makeFilter(spec, UTC);
    const hits = events.filter((event) => filter.verdictOn(event.entry, event) === true);
    const found = new Map(hits.map((event) => [event, filter.matchesIn(event)]));
    const report = reportOn(path, hits, { ...filter, matchesIn: (event) => found.get(event) });
    for (const columns of WIDTHS) {
      const style = await makeStyle({ color: true, isTerminal: columns !== undefined, columns });
      const lines = (await linesOf(eventsText, report, style)).slice(0, -1);
      const rows = (await linesOf(eventsTable, report, style)).slice(3, -2);
      expect([lines.length, rows.length]).toEqual([hits.length, hits.length]);
      const limit = columns !== undefined && columns < MIN_TABLE_COLUMNS ? undefined : columns;
      for (const [at, event] of hits.entries()) {
        const hasMatch = found.get(event)?.length !== 0;
        const inText = faultIn(lines[at] ?? '', hasMatch, columns);
        const inTable = faultIn(rows[at] ?? '', hasMatch, limit);
        faults.push(...[inText, inTable].flatMap((one) => (one ? `${name}: ${one}` : [])));
      }
    }
  }
  return faults;
}

const groups = hasRecorded
  ? readdirSync(RECORDED, { withFileTypes: true })
      .filter((group) => group.isDirectory())
      .map(({ name }) => readdirSync(join(RECORDED, name)).map((id) => join(name, id)))
  : [];

describe.skipIf(!hasRecorded)('each line shows its match, on recorded conversations', () => {
  test.each(groups.flat())('words, on all: %s', async (folder) => {
    expect(await faultsOf(folder, WORD_QUERIES)).toEqual([]);
  });

  test.each(groups.flatMap((group) => sample(group, 1)))(
    'expressions, on one of each group: %s',
    async (folder) => {
      expect(await faultsOf(folder, PATTERN_QUERIES)).toEqual([]);
    },
  );
});
