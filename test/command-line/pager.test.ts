import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { cleanEnv, cli, terminal } from '../helpers/cli.ts';
import {
  makeConversation,
  messageEvent,
  temporaryFolder,
  writeEvent,
} from '../helpers/conversation.ts';
import { TERMINAL_ROWS } from '../helpers/environment.ts';
import { makePager } from '../helpers/pager.ts';

/*
 * The pagers here print nothing, because a pager writes to the terminal of the whole process. Those that do are in
 * test/end-to-end/pager.test.ts.
 */
const NO_SUCH_PAGER = 'convoscope-has-no-such-pager 2>&-';

/** More than a pipe holds. */
const LINES = 1500;

let long: string;
beforeAll(() => {
  long = makeConversation(LINES, 'c0ffee00', mkdtempSync(join(tmpdir(), 'convoscope-')));
});

test('no pager starts for output that fits the screen, on a pipe, or while following', async () => {
  const pager = makePager();
  const one = makeConversation(TERMINAL_ROWS);
  expect((await terminal(['search', one], 80, pager)).output.split('\n')).toHaveLength(
    TERMINAL_ROWS + 1,
  );
  const more = makeConversation(TERMINAL_ROWS + 1);
  expect((await cli(['search', more], { env: cleanEnv(pager) })).stdout).not.toBe('');
  for (const args of [
    ['search', more, '--no-pager'],
    ['tail', more, '-n', '50', '--until-done'],
  ]) {
    writeFileSync(join(more, 'base_state.json'), '{"execution_status":"finished"}');
    expect((await terminal(args, 80, pager)).output).toContain('message 40');
  }
  expect(existsSync(pager.KEPT)).toBe(false);
  await terminal(['search', more], 80, pager);
  expect(existsSync(pager.KEPT)).toBe(true);
});

test('a line that wraps counts as several rows', async () => {
  const pager = makePager();
  await terminal(['search', makeConversation(20), '--json'], 40, pager);
  expect(JSON.parse(readFileSync(pager.KEPT, 'utf8')).items).toHaveLength(20);
});

test.each([
  ['', {}],
  ['cat', {}],
  ['false', { CONVOSCOPE_PAGER: '' }],
  [NO_SUCH_PAGER, {}],
  ['"$NOT_EXECUTABLE" 2>&-', {}],
  ['false', { TERM: 'dumb' }],
])('with PAGER=%j %j the output is written without a pager', async (PAGER, more) => {
  const NOT_EXECUTABLE = join(temporaryFolder(), 'file');
  writeFileSync(NOT_EXECUTABLE, '', { mode: 0o644 });
  const { code, output } = await terminal(['search', long], 80, { PAGER, NOT_EXECUTABLE, ...more });
  expect(code).toBe(0);
  expect(output.match(/ message \d+$/gm)).toHaveLength(LINES);
});

test('where less is not installed, the output is written without a pager or a message', async () => {
  const env = { PATH: '/nonexistent', PAGER: 'less' };
  const { output } = await terminal(['search', makeConversation(50)], 80, env);
  expect(output.split('\n')).toHaveLength(51);
});

test('a shell runs the pager, CONVOSCOPE_PAGER goes before PAGER, and LESS is set as git sets it', async () => {
  const path = makeConversation(50);
  const { PAGER, KEPT } = makePager('echo "$1 $LESS" > "$KEPT"; cat > /dev/null');
  const env = { CONVOSCOPE_PAGER: `X=1 "${PAGER}" 'a b' | cat`, PAGER: 'false', KEPT };
  const shown = async (more: NodeJS.ProcessEnv) => {
    expect((await terminal(['search', path], 80, { ...env, ...more })).code).toBe(0);
    return readFileSync(KEPT, 'utf8');
  };
  expect(await shown({})).toBe('a b FRX\n');
  expect(await shown({ LESS: 'S' })).toBe('a b S\n');
});

test('without such a pager, nothing is lost of a text larger than a pipe holds', async () => {
  const path = makeConversation(1);
  const line = 'many words '.repeat(300_000);
  writeEvent(path, 0, messageEvent(0, line));
  const { code, output } = await terminal(['show', path, '0', '--json'], 80, {
    PAGER: NO_SUCH_PAGER,
  });
  expect(code).toBe(0);
  expect(output.replaceAll(/\s/g, '')).toContain(line.replaceAll(' ', ''));
});
