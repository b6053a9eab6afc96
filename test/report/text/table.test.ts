import { expect, test } from 'vitest';
import { makeStyle } from '../../../src/report/text/style.ts';
import { renderTable } from '../../../src/report/text/table.ts';

const PIPE = { color: false, isTerminal: false, columns: undefined };

test('a table of many rows has one header and one border', async () => {
  const rows = Array.from({ length: 130_000 }, (_, at) => [String(at), 'text']);
  const lines = renderTable(['at', 'what'], rows, await makeStyle(PIPE)).split('\n');
  expect(lines).toHaveLength(rows.length + 5);
  expect(lines.slice(0, 4)).toEqual([
    '┌────────┬──────┐',
    '│ at     │ what │',
    '├────────┼──────┤',
    '│ 0      │ text │',
  ]);
  expect(lines.slice(-3)).toEqual(['│ 129999 │ text │', '└────────┴──────┘', '']);
  expect(new Set(lines.map((line) => line.length))).toEqual(new Set([17, 0]));
});
