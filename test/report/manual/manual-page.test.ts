import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { manual } from '../../../src/report/manual/manual-page.ts';
import { cli, ROOT } from '../../helpers/cli.ts';
import { temporaryFolder } from '../../helpers/conversation.ts';

const PAGE = join(ROOT, 'dist', 'convoscope.1');

const has = (program: string) => !spawnSync(program, ['--version']).error;

/** The page as roff's own programs would have it read, without their warnings, if they are here. */
const READERS = [
  ['man', ['-l', '--warnings', '-E', 'UTF-8']],
  ['groff', ['-man', '-ww', '-Tutf8']],
  ['mandoc', ['-W', 'warning']],
] as const;

test('is built, and describes every command and option of the help', async () => {
  const page = readFileSync(PAGE, 'utf8');
  expect((await cli(['__manual'])).stdout).toBe(page);
  const { stdout } = await cli(['--help']);
  const names = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name!);
  expect(names.length).toBeGreaterThan(6);
  for (const name of names.filter((one) => one !== 'help' && one !== 'convoscope')) {
    expect(page).toContain(`\n.SS "convoscope ${name} `);
    const help = (await cli([name, '--help'])).stdout;
    for (const [, option] of help.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)) {
      if (option !== '--help') expect(page).toContain(option!.replaceAll('-', '\\-'));
    }
  }
});

test('describes every variable that the program reads', () => {
  const page = readFileSync(PAGE, 'utf8');
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const variables = files
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(ROOT, 'src', name), 'utf8'))
    .flatMap((source) => [...source.matchAll(/\benv\.([A-Z_]+)/g)].map(([, name]) => name!));
  const inner = ['CONVOSCOPE_BUILD_CODE', 'UV_THREADPOOL_SIZE'];
  expect(variables.length).toBeGreaterThan(5);
  for (const name of variables.filter((one) => !inner.includes(one))) expect(page).toContain(name);
});

const HOSTILE = [
  ".TH is no request, nor is 'this",
  '.',
  "'",
  'a \\fBbackslash\\n, "quotes", --hyphens, `ticks`, ~ and ^',
  'é → 🙏',
];

function hostilePage(): string {
  const term = (about: string) => ({ term: '--"a\\b" <.c>', about });
  return manual({
    name: 'x-y',
    version: '1.0',
    description: HOSTILE[0]!,
    commands: [
      {
        name: 'go',
        usage: '"a" \\b',
        description: HOSTILE.join('\n'),
        operands: HOSTILE.map(term),
        options: HOSTILE.map(term),
        examples: `  ${HOSTILE.join('\n  ')}`,
      },
    ],
  });
}

test('every description is text, whatever it contains', () => {
  const page = hostilePage();
  const requests = [...page.matchAll(/^[.'].*/gm)].map(([line]) => line.split(' ')[0]);
  expect(new Set(requests)).toEqual(
    new Set(['.TH', '.SH', '.B', '.SS', '.TP', '.PP', '.EX', '.EE']),
  );
  expect(requests.filter((request) => request === '.TH')).toHaveLength(1);
  expect(page).toMatch(/^[\0-\x7f]*$/);
  expect(page).not.toMatch(/\\(?!&|e|-|\(dq|\(aq|\(ga|\(ha|\(ti|f[BR]|\[u[0-9A-F]+\])/);
  expect(page).toContain('\n\\&.TH is no request, nor is \\(aqthis\n');
  expect(page).toContain('\n\\(aq\n');
  expect(page).toContain('\\[u00E9] \\[u2192] \\[u1F64F]');
});

test.each(READERS)('%s, if it is installed, reads the page without a warning', (program, args) => {
  if (!has(program)) return;
  const hostile = join(temporaryFolder(), 'x-y.1');
  writeFileSync(hostile, hostilePage());
  for (const path of [PAGE, hostile]) {
    const env = { ...process.env, MANPAGER: 'cat', PAGER: 'cat', MANWIDTH: '120' };
    const { status, stdout, stderr } = spawnSync(program, [...args, path], {
      encoding: 'utf8',
      env,
    });
    // A date would make each build another.
    const said = stderr.replace(/^mandoc: (?:.*missing date.*|see above .*)\n/gm, '');
    expect([program, said]).toEqual([program, '']);
    if (program !== 'mandoc') expect(status).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: bold and underlined text
    const text = stdout.replace(/.\u0008|\u001b\[[\d;]*m/g, '');
    if (path === PAGE) expect(text).toContain('--until-done');
    else expect(text).toContain('"quotes", --hyphens, `ticks`, ~ and ^');
  }
});
