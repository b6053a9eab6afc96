import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { BIN } from '../helpers/cli.ts';
import { makeConversation, messageEvent, writeEvent } from '../helpers/conversation.ts';
import { terminalEnv } from '../helpers/environment.ts';
import { makePager } from '../helpers/pager.ts';
import { openTerminal, spawnTerminal } from '../helpers/spawned.ts';

/** More than a pipe holds. */
const LINES = 1500;

let long: string;
beforeAll(() => {
  long = makeConversation(LINES, 'c0ffee00', mkdtempSync(join(tmpdir(), 'convoscope-')));
});

test('output longer than the screen goes through the pager, and notes follow it', async () => {
  const path = makeConversation(500);
  const pager = makePager('cat > "$KEPT"; sleep 0.3; echo "the pager ends"');
  const { code, output } = await spawnTerminal(
    ['search', path, '-v', '--color', 'never', '-k', 'message,bogus'],
    80,
    pager,
  );
  expect(code).toBe(0);
  expect(output).toMatch(
    /^the pager ends\nconvoscope: found no event .*\n(?:.*\n)?convoscope: event files/,
  );
  const lines = readFileSync(pager.KEPT, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(500);
  expect(lines[499]).toBe('499 01-01 00:08:19 user  message       message 499');
});

test('output for a pager that does not exist is written to the terminal', async () => {
  const PAGER = 'convoscope-has-no-such-pager';
  const { code, output } = await spawnTerminal(['search', long], 80, { PAGER });
  expect(code).toBe(0);
  expect(output.match(/ message \d+$/gm)).toHaveLength(LINES);
});

test('leaving the pager early is no error, and the exit code is that of the command', async () => {
  const path = makeConversation(
    Array.from({ length: 400 }, (_, index) =>
      messageEvent(index, `message ${index} ${'x'.repeat(1000)}`),
    ),
  );
  const pager = makePager('head -1');
  const first = await spawnTerminal(['search', path], 1000, { ...pager, NO_COLOR: '1' });
  expect([first.code, first.output]).toEqual([
    0,
    expect.stringMatching(/^[^\n]* message 0[^\n]*\n$/),
  ]);
  writeEvent(path, 7, {});
  const faulty = await spawnTerminal(['verify', path, '-o', 'ndjson'], 20, pager);
  expect(faulty.code).toBe(1);
});

const hasLess = spawnSync('less', ['--version']).status === 0;

test.skipIf(!hasLess)('less handles an interrupt itself, and ends by its own key', async () => {
  const script = `"${process.execPath}" "${BIN}" search "${long}"; echo "<exit $?>"; stty -a`;
  const terminal = openTerminal('bash', ['-c', `trap : INT; ${script}`], {
    env: terminalEnv({ PAGER: undefined }),
  });
  await terminal.shows(' message 20');
  terminal.type('\u0003');
  // It goes on after the interrupt. What is typed while less handles it can be lost, so it is typed again.
  const typing = setInterval(() => terminal.type('G'), 100);
  await terminal.shows(` message ${LINES - 1}`).finally(() => clearInterval(typing));
  expect(terminal.output()).not.toContain('<exit');
  terminal.type('q');
  const { output } = await terminal.ended;
  expect(output).toContain('<exit 0>');
  expect(output).toMatch(/ icanon /);
  expect(output).toMatch(/ echo /);
});
