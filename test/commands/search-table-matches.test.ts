import { describe, expect, test } from 'vitest';
import { cli, terminal } from '../helpers/cli.ts';
import { makeConversation, messageEvent } from '../helpers/conversation.ts';
import { shown } from '../helpers/matches.ts';
import { idOf } from '../helpers/memory.ts';

const far = (word: string) => `${'x '.repeat(300)}${word}${' y'.repeat(300)} ${word} 漢字 ${word}`;

const call = (index: number, tool: string, command: string) => ({
  ...messageEvent(index),
  kind: 'ActionEvent',
  tool_name: tool,
  action: { kind: 'TerminalAction', command },
  tool_call_id: idOf(90),
});

const path = () =>
  makeConversation([
    { ...messageEvent(0, 'first'), sender: far('needle') },
    messageEvent(1, far('needle')),
    call(2, 'needle_tool', 'ls'),
    messageEvent(3, 'a short needle'),
  ]);

/** The cells of each row, the header first. */
const cellsOf = (lines: readonly string[]) =>
  lines
    .filter((line) => line.includes('│'))
    .map((line) =>
      line
        .split('│')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

describe('-o table', () => {
  test.each([40, 60, 80, 100, 160])('shows the match within %d columns', async (columns) => {
    const [head, ...rows] = cellsOf(await shown([path(), 'needle', '-o', 'table'], columns));
    expect(head?.at(-1)).toBe('preview');
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(row.join('│')).toContain('«needle»');
    expect(rows.map((row) => row.at(-1)?.endsWith(' +2'))).toEqual([true, true, false, false]);
    const { output } = await terminal(['search', path(), 'needle', '-o', 'table'], columns, {
      NO_COLOR: '1',
    });
    expect(output).not.toContain('\u001b[');
    for (const line of output.split(/\r?\n/)) expect(line.length).toBeLessThanOrEqual(columns);
  });

  test('names the field, and highlights a tool where its column is shown', async () => {
    const wide = cellsOf(await shown([path(), 'needle', '-o', 'table'], 160));
    expect(wide.map((row) => row.at(-1))).toEqual([
      'preview',
      expect.stringMatching(/^sender: …x? ?x .* x «needle» y .*… \+2$/),
      expect.stringMatching(/^… ?x .* x «needle» y .*… \+2$/),
      '$ ls',
      'a short «needle»',
    ]);
    expect(wide[3]).toContain('«needle»_tool');
    const narrow = cellsOf(await shown([path(), 'needle', '-o', 'table'], 60));
    expect(narrow[3]?.at(-1)).toBe('tool_name: «needle»_tool');
  });

  test('cuts cells on a pipe too, around the match', async () => {
    const { stdout } = await cli(['search', path(), 'needle', '-o', 'table']);
    for (const row of cellsOf(stdout.split('\n')).slice(1)) {
      expect(row.join('│')).toContain('needle');
      expect(row.at(-1)?.length).toBeLessThanOrEqual(80);
    }
  });

  test('with --fields shows the match in the cell of its field', async () => {
    const args = ['-o', 'table', '--fields', 'sender,llm_message.content.text,source'];
    const rows = cellsOf(await shown([path(), 'needle', ...args], 100));
    expect(rows.map((row) => row.map((cell) => cell.includes('«needle»')))).toEqual([
      [false, false, false],
      [true, false, false],
      [false, true, false],
      [false, false, false],
      [false, true, false],
    ]);
    expect(rows[2]?.[1]).toMatch(/ \+2$/);
  });

  test('shows previews of context, and leaves out columns where there is no room', async () => {
    const rows = cellsOf(await shown([path(), 'short', '-B', '1', '-o', 'table'], 80));
    expect(rows.map((row) => row.at(-1))).toEqual(['preview', '$ ls', 'a «short» needle']);
    const heads: [number, string[]][] = [
      [160, ['index', 'time', 'source', 'kind', 'tool', 'preview']],
      [80, ['index', 'time', 'kind', 'preview']],
      [60, ['index', 'time', 'preview']],
    ];
    for (const [columns, names] of heads) {
      expect(cellsOf(await shown([path(), '-o', 'table'], columns))[0]).toEqual(names);
    }
  });
});
