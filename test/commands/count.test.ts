import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cli, terminal } from '../helpers/cli.ts';
import { eventPath, makeConversation } from '../helpers/conversation.ts';
import { makeStory, STORY_ID } from '../helpers/story.ts';

test('prints the number only, and opens no event without a filter', async () => {
  const path = makeStory();
  expect(await cli(['count', path])).toEqual({ code: 0, signal: null, stdout: '6\n', stderr: '' });
  for (const filter of [[], ['--index', '1..3'], ['--id', '0000']]) {
    const { stderr } = await cli(['count', path, '-v', ...filter]);
    expect(stderr).toContain('event files: 0 opened, 0 read (0 bytes), 0 parsed, 0 from memory');
  }
});

test('with filters', async () => {
  const path = makeStory();
  expect((await cli(['count', path, '--index', '1..3'])).stdout).toBe('3\n');
  expect((await cli(['count', path, '--errors'])).stdout).toBe('2\n');
  expect(await cli(['count', path, '-k', 'pause'])).toMatchObject({ code: 0, stdout: '0\n' });
});

test('groups, with the largest first', async () => {
  const path = makeStory();
  const by = async (what: string) => (await cli(['count', path, '--by', what])).stdout;
  expect(await by('source')).toBe('3 agent\n2 environment\n1 user\n');
  expect(await by('tool')).toBe('3 (none)\n3 terminal\n');
  expect(await by('hour')).toBe('6 2026-01-01T00\n');
  expect(await by('day')).toBe('6 2026-01-01\n');
  expect((await by('kind')).split('\n')[0]).toBe('1 ActionEvent');
  const zoned = await cli(['count', path, '--by', 'day', '--tz', '-01:00']);
  expect(zoned.stdout).toBe('6 2026-01-01\n'); // naive stamps are read and shown in one zone
});

test('prints json, ndjson and a table', async () => {
  const path = makeStory();
  writeFileSync(eventPath(path, 8), '');
  const { code, stdout, stderr } = await cli(['count', path, '--json', '--by', 'source']);
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({
    format_version: 1,
    conversation: { id: STORY_ID, path },
    count: 6,
    groups: [
      { key: 'agent', count: 3 },
      { key: 'environment', count: 2 },
      { key: 'user', count: 1 },
    ],
    reachable: 6,
    scanned: 7,
    complete: true,
    skipped: [{ index: 8, code: 'in-flight-write' }],
  });
  expect(stderr).toContain('skipped events/event-00008-');
  expect((await cli(['count', path, '-o', 'ndjson'])).stdout).toBe('{"count":7}\n');
  const grouped = ['count', path, '--by', 'source', '--index', '..5', '-o', 'table'];
  const table = `\
┌───────┬─────────────┐
│ count │ source      │
├───────┼─────────────┤
│ 3     │ agent       │
│ 2     │ environment │
│ 1     │ user        │
└───────┴─────────────┘
`;
  expect((await cli(grouped)).stdout).toBe(table);
  expect((await terminal(grouped, 80, { NO_COLOR: '1' })).output).toBe(table);
});

test('a conversation without events has a count of 0', async () => {
  expect(await cli(['count', makeConversation(0)])).toMatchObject({ code: 0, stdout: '0\n' });
});
