import { describe, expect, test } from 'vitest';
import { type Column, columnLines } from '../../../src/report/text/columns.ts';
import { makeStyle } from '../../../src/report/text/style.ts';
import { renderTable } from '../../../src/report/text/table.ts';
import { terminal } from '../../helpers/cli.ts';
import { fixture, PLAIN } from '../../helpers/views.ts';

const NARROW = Array.from({ length: 32 }, (_, at) => 40 + at);
const right: Column = { align: 'right' };

const styleOf = (columns: number) =>
  makeStyle({ isTerminal: true, columns, color: false, links: false });

const rowsOf = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => row.map((text) => ({ text })));

describe('columns on a narrow terminal', () => {
  const rows = rowsOf([
    ['str_replace_editor', '1', '5,665,551', '12,345', '|', 'a long text that is cut at the end'],
    ['finish', '1,234', '0', '1', '|', 'b'],
  ]);

  test.each(NARROW)('%i columns: cells stay below each other', async (columns) => {
    const layout = [
      {},
      { ...right, rank: 0 },
      { ...right, rank: 2 },
      { ...right, rank: 1 },
      {},
      {},
    ];
    const lines = await columnLines(layout, rows, await styleOf(columns));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    const [one, other] = lines.map((line) => line.indexOf('|'));
    expect(one).toBeGreaterThan(0);
    expect(other).toBe(one);
  });

  test('names are cut first, then columns are left out: those of the lowest rank first', async () => {
    const layout = [
      { minWidth: 10 },
      { ...right, rank: 0 },
      { ...right, rank: 2 },
      { ...right, rank: 1 },
      {},
      {},
    ];
    const first = async (columns: number) =>
      (await columnLines(layout, rows, await styleOf(columns)))[0];
    expect(await first(50)).toBe('str_replace_edi…     1 5,665,551 12,345 | a long …');
    expect(await first(42)).toBe('str_replace_e… 5,665,551 12,345 | a long …');
    expect(await first(34)).toBe('str_replace_… 5,665,551 | a long …');
  });
});

test.each(NARROW)('no table is wider than %i columns', async (columns) => {
  const names = ['index', 'time', 'source', 'kind', 'tool', 'preview'];
  const cells = names.map((name) => `${name} `.repeat(6));
  const lines = renderTable(names, [cells, names], await styleOf(columns))
    .trimEnd()
    .split('\n');
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  expect(lines[0]?.length).toBeLessThanOrEqual(columns);
  expect(lines[1]).toMatch(/index.*previ/);
});

const DAYS = fixture('1.58.2/days');

test.each([40, 55, 71])('no view of %i columns has a line that is too long', async (columns) => {
  const commands = [
    ['stats', DAYS],
    ['stats', DAYS, '--steps'],
    ['diff', PLAIN, DAYS],
    ['calls', DAYS],
    ['calls', DAYS, '-o', 'table'],
    ['search', DAYS, '-o', 'table'],
  ];
  for (const command of commands) {
    const { output } = await terminal(command, columns, { NO_COLOR: '1' });
    const long = output.split('\n').filter((line) => [...line].length > columns);
    expect(long).toEqual([]);
  }
});

test.each([40, 55, 71])('the tables of stats of %i columns are aligned', async (columns) => {
  const { output } = await terminal(['stats', PLAIN], columns, { NO_COLOR: '1' });
  const tables = output.split('\n\n').filter((part) => /^(tool|kind) /.test(part));
  expect(tables.length).toBeGreaterThan(1);
  for (const table of tables) {
    const rows = table.trimEnd().split('\n');
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([rows[0]?.length]));
  }
});
