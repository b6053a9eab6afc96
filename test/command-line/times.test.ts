import { describe, expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { makeConversation, messageEvent } from '../helpers/conversation.ts';
import { PLAIN } from '../helpers/views.ts';

const BERLIN = ['--tz', 'Europe/Berlin'];
const MINUTE_MS = 60_000;

/** A message, so many minutes ago, with microseconds. */
const agoEvent = (index: number, minutes: number) => ({
  ...messageEvent(index),
  timestamp: `${new Date(Date.now() - minutes * MINUTE_MS).toISOString().slice(0, -1)}000Z`,
});

const at = (index: number, timestamp: string) => ({ ...messageEvent(index), timestamp });

describe.each(['search', 'count', 'tail'])('%s', (command) => {
  const messages = [5, 15, 45, 120].reverse().map((minutes, index) => agoEvent(index, minutes));

  test.each([['--since', '-10m'], ['--since=-10m'], ['--since', '10 minutes ago']])(
    'takes a time that begins with a dash, or has spaces: %j',
    async (...args) => {
      const path = makeConversation(messages);
      const { code, stdout, stderr } = await cli([command, path, ...args, '--json']);
      expect(stderr).toBe('');
      expect(code).toBe(0);
      if (command === 'count') expect(JSON.parse(stdout).count).toBe(1);
      if (command === 'tail') expect(stdout.split('\n')).toHaveLength(2);
      if (command === 'search') expect(JSON.parse(stdout).items).toHaveLength(1);
    },
  );

  test.each([
    [
      ['--since', '2h'],
      'no event since .*; the log covers 2026-03-02 01:00:00.000 to 2026-03-04 01:00:00.000',
    ],
    [['--until', '2026-03'], 'no event before 2026-03-01 00:00:00.000; the log covers .*'],
    [
      ['--since', '2026-03-03', '--until', '2026-03-03 12:00'],
      'no event from 2026-03-03 00:00:00.000 until 2026-03-03 12:00:00.000; the log covers .*',
    ],
    [
      ['--since', '2026-03-03', '--until', '2026-03-02'],
      'no event from .* until .*, where the end is not after the start; the log covers .*',
    ],
    [
      ['--since', '2h', '--index', '1..'],
      'no event since .*; the part of the log with that index or id has only the time 2026-03-04 01:00:00.000',
    ],
  ])(
    'says which time the log covers, if nothing is in the time asked for: %j',
    async (args, note) => {
      const path = makeConversation([at(0, '2026-03-02T00:00:00Z'), at(1, '2026-03-04T00:00:00Z')]);
      const { stderr } = await cli([command, path, ...args, ...BERLIN]);
      expect(stderr).toMatch(new RegExp(`^convoscope: ${note}\n$`));
      const quiet = await cli([command, path, ...args, ...BERLIN, '-q']);
      expect(quiet.stderr).toBe('');
    },
  );

  test('says nothing about time if another filter leaves the events out', async () => {
    const path = makeConversation([at(0, '2026-03-02T00:00:00Z'), at(1, '2026-03-04T00:00:00Z')]);
    const args = ['--since', '2026-03-04', '-t', 'absent', ...BERLIN];
    expect((await cli([command, path, ...args])).stderr).not.toMatch(/the log|the part of the log/);
  });
});

test('calls says which time the log covers', async () => {
  const { stderr } = await cli(['calls', PLAIN, '--since', '2h']);
  expect(stderr).toMatch(
    /^convoscope: no calls: none of 7 passes the filters\nconvoscope: no event since .*; the log covers 2026-03-02 .*\n$/,
  );
});

test('the note on time reads no file again', async () => {
  const path = makeConversation(300);
  const { stderr } = await cli(['search', path, '--since', '2h', '--no-cache', '-v']);
  expect(stderr).toContain('no event since');
  expect(stderr).toMatch(/event files: 300 opened, 300 read/);
});

test('ls says when the last activity was', async () => {
  const path = makeConversation([at(0, '2026-03-02T00:00:00Z')]);
  const { stderr } = await cli(['ls', path, '--since', '2026-03-04', ...BERLIN]);
  expect(stderr).toBe(
    'convoscope: none of 1 was active since 2026-03-04 00:00:00.000; the last activity was at 2026-03-02 01:00:00.000\n',
  );
});

const FORMS =
  ' (times are 2026-03-02T10:00Z, 2026-03-02, 2026-03, 10:00, 2h30m, "1 week ago", today, "yesterday 14:00", …)\n';

test.each([
  ['03/04/2025', ': day and month can be taken for each other; write YYYY-MM-DD'],
  ['2025/9/17', ': dates are written with hyphens and two digits: 2025-09-17'],
  ['2025.09.17', ': dates are written with hyphens and two digits: 2025-09-17'],
  ['2025-9-17', ': dates are written with hyphens and two digits: 2025-09-17'],
  ['2025/02/30', ': there is no such date or time'],
  ['31 Feb 2025', ': there is no such date or time'],
  ['Feb 31', ': there is no such date or time'],
  ['Thu 25 Sep 2025', ': write the date without the weekday'],
  ['Sep 2025', ': a month is written as in 2025-09'],
  ['25 Sep 25', ': a year has four digits'],
  ['noon yesterday', ': noon is written after the day, as in yesterday noon'],
  [
    'yesterday midnight',
    ': midnight is the start of a day to some and its end to others; write 00:00 after the day, as in yesterday 00:00',
  ],
  ['1M', ': M means months to some and minutes to others; write mo or m'],
  ['10', ': a unit is missing, as in 10m; a year needs its month, as in 2025-01'],
  ['2025', ': a unit is missing, as in 10m; a year needs its month, as in 2025-01'],
  ['2pm', ': hours are written from 00 to 23'],
  ['1,5h', ': decimals are written with a point'],
  ['1.5mo', ': months and years have no fixed length, so they are whole numbers'],
  ['2026-02-30', ': there is no such date or time'],
  ['2026-13', ': there is no such date or time'],
  ['24:00', ': there is no such time of day'],
  ['yesterday 24:00', ': there is no such time of day'],
  ['-10m ago', ': a sign and "ago" do not go together'],
  ['last week', ': it has several readings; write how long ago, as in 1w, or a date'],
  ['soon', ''],
  ['400y', ''],
])('%s is refused in one line, which says why', async (value, why) => {
  const { code, stdout, stderr } = await cli(['search', makeConversation(1), '--since', value]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toBe(`convoscope: --since ${value}: not a time${why}${FORMS}`);
});

test('a weekday is refused with the date that may be meant', async () => {
  const path = makeConversation(1);
  const { stderr } = await cli(['count', path, '--until', 'last monday', ...BERLIN]);
  const [, date] =
    /^convoscope: --until last monday: not a time: a weekday has several readings; write the date, such as (\S+) /.exec(
      stderr,
    )!;
  const monday = new Date(`${date}T00:00:00Z`);
  expect(monday.getUTCDay()).toBe(1);
  const days = (Date.now() - monday.getTime()) / (24 * 60 * MINUTE_MS);
  expect(days).toBeGreaterThan(0);
  expect(days).toBeLessThan(9);
});

test.each([
  ['Sep 25', '-09-25'],
  ['25 MAY', '-05-25'],
  ['29 February 10:00', '-02-29'],
])('%s is refused with the last date that may be meant', async (value, end) => {
  const { code, stderr } = await cli(['count', makeConversation(1), '--since', value, ...BERLIN]);
  expect(code).toBe(2);
  const [, date = ''] = /: the year is missing; write the date, such as (\S+) /.exec(stderr) ?? [];
  expect(date.slice(4)).toBe(end);
  const days = (Date.now() - Date.parse(date)) / (24 * 60 * MINUTE_MS);
  expect(days).toBeGreaterThan(-1);
  expect(days).toBeLessThan(8 * 366);
});
