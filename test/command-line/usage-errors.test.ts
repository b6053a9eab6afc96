import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { makeStory } from '../helpers/story.ts';

test.each([
  [['search', '@', '-e', '('], '--regexp (: Invalid regular expression'],
  [['search', '@', '-w', 'a~('], '--where a~(: Invalid regular expression'],
  [['search', '@', '-w', 'a'], '--where a: expected <path><op><value>'],
  [['search', '@', '--since', 'soon'], '--since soon: not a time'],
  [['count', '@', '--until', '2026-02-30'], '--until 2026-02-30: not a time'],
  [['tail', '@', '--tz', 'Mars'], '--tz Mars: no such zone'],
  [['search', '@', '--index', '5..2'], '--index 5..2: not a range a..b'],
  [['search', '@', '-s', 'robot'], '--source robot: not one of agent, user, environment, hook'],
  [['search', '@', '-k', 'a,,b'], "option '-k, --kind <kind>' argument 'a,,b' is invalid"],
  [['search', '@', '-k', '!'], '--kind !: not a kind'],
  [['search', '@', '--page', 'x'], '--page x: no event has this id here'],
  [['search', '@', '-n', '0'], "option '-n, --limit <n>' argument '0' is invalid"],
  [
    ['search', '@', '--sort', 'up'],
    '--sort up: not one of time, index, each also with _desc or _asc, or TIMESTAMP',
  ],
  [['search', '@', '-o', 'xml'], "option '-o, --output <format>' argument 'xml' is invalid"],
  [['count', '@', '-o', 'paths'], "option '-o, --output <format>' argument 'paths' is invalid"],
  [['search', '@', '--fields', 'a'], '--fields: needs -o json or ndjson or table, not text'],
  [['search', '@', '--json', '--fields', 'a..b'], '--fields a..b: not a list of fields'],
  [['calls', '--fields', './1628'], 'give --fields after it'],
  [['search', '@', '--meta'], '--meta: needs -o json or ndjson, not text'],
  [['search', '@', '-0'], '--null: needs -o paths, not text'],
  [['search', '@', '--jobs', '0'], "option '--jobs <n>' argument '0' is invalid"],
  [['search', '@', '--color', 'blue'], "option '--color <when>' argument 'blue' is invalid"],
  [['search', '@', '--bogus'], "unknown option '--bogus'"],
  [['search', '@', 'a', 'b'], 'too many arguments'],
  [['tail', '@', '-f', '-o', 'table'], '-o table: a table cannot be printed while following'],
  [['serach'], "unknown command 'serach' (Did you mean search?)"],
  [['verify', '@', '--only', 'bogus'], '--only bogus: no such finding code'],
  [['verify', '@', '--severity', 'empty-file=bad'], '--severity empty-file=bad: bad is not error'],
  [['search', '@\u001b[31m'], '\\x1b[31m: no such file or folder'],
])('%j is reported in one line', async (args, message) => {
  const path = makeStory();
  const { code, stdout, stderr } = await cli(args.map((arg) => arg.replace(/^@/, path)));
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^convoscope: [^\n]*\n$/);
  expect(stderr).not.toContain('\u001b');
  expect(stderr).toContain(message);
});

test.each([
  ['acton', 'acton (did you mean action?)'],
  ['!ActonEvent', 'ActonEvent (did you mean action?)'],
  ['state-updaet', 'state-updaet (did you mean state-update?)'],
  ['condensatoin', 'condensatoin (did you mean condensation?)'], // known, though there is none
  ['pause', 'pause'],
  ['zebra', 'zebra'],
])('a note says that there is no kind %s', async (kind, fields) => {
  const { stderr } = await cli(['search', makeStory(), '-k', kind]);
  expect(stderr).toContain(`convoscope: found no event of kind ${fields}; kinds found: `);
});

test('help and version', async () => {
  for (const args of [['--help'], ['search', '--help'], ['help', 'tail'], ['--version']]) {
    expect(await cli(args)).toMatchObject({ code: 0, stderr: '' });
  }
  const bare = await cli([]);
  expect([bare.code, bare.stdout]).toEqual([2, '']);
  expect(bare.stderr).toContain('Usage: convoscope');
});
