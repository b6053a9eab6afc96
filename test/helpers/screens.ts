import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { ROOT, TERMINAL_ROWS, terminalEnv, withoutProgress } from './environment.ts';
import { runInProcess } from './in-process.ts';

/** Real conversations. A fresh clone has none, and skips what needs them. */
export const RECORDED = join(ROOT, '../shared/recorded');
export const hasRecorded = existsSync(RECORDED);

/** Folders of real conversations, relative to `RECORDED`, which differ in age, size, tools and end. */
export const SHOWN = [
  '2025-09-benchmarks/0535c419f44a4e248c72e40c77a06a32',
  '2025-09-benchmarks/cdbeb6ab6314421990e43fd3d517f721',
  '2025-10-openagentsafety/critic1-safety-bypass-auth',
  '2025-10-openagentsafety/critic1-safety-corrupt-transactions',
  '2026-10-excerpts/ea6492a1791144f4ae38e227a64b0e99__tail16_idx-synthetic',
  'cli/2496927bce054fefa360adef809cd388',
  'sdk/00000000000000000000000000000203',
] as const;

const WIDTHS = [60, 80, 160];
/** When the screens are taken, so that ages are always the same. */
const NOW = new Date('2026-11-30T12:00:00Z');
// biome-ignore lint/suspicious/noControlCharactersInRegex: links and colours are escapes
const LINKS_AND_COLOURS = /\u001b\]8;[^\u001b\u0007]*(?:\u001b\\|\u0007)|\u001b\[[\d;]*m/g;

/**
 * Holds what commands show on a terminal of 60, 80 and 160 columns to `test/screens/<view>/<width>.txt`: the first screen
 * of each, and how many lines follow. `-u` writes these files. Look at them before you commit.
 *
 * @param commands command lines that run in `RECORDED`
 */
export function testScreens(view: string, commands: readonly (readonly string[])[]): void {
  describe.skipIf(!hasRecorded)(`${view} on real conversations`, () => {
    test.each(WIDTHS)('%d columns', async (columns) => {
      const shown: string[] = [];
      for (const command of commands) shown.push(await screenOf(command, columns));
      await expect(shown.join('\n')).toMatchFileSnapshot(`../screens/${view}/${columns}.txt`);
    });
  });
}

async function screenOf(command: readonly string[], columns: number): Promise<string> {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  try {
    const { code, output } = await runInProcess(command, {
      columns,
      cwd: RECORDED,
      env: terminalEnv(),
    });
    const lines = withoutProgress(output)
      .replaceAll(LINKS_AND_COLOURS, '')
      .replaceAll('\r\n', '\n')
      .replace(/\n$/, '')
      .split('\n');
    const rest = lines.length - TERMINAL_ROWS;
    const screen = lines.slice(0, TERMINAL_ROWS);
    if (rest > 0) screen.push(`(${rest} more lines)`);
    return [`$ convoscope ${command.join(' ')}`, ...screen, `(exit ${code})`, ''].join('\n');
  } finally {
    vi.useRealTimers();
  }
}
