import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, terminal } from '../../helpers/cli.ts';
import { eventPath, makeConversation, temporaryFolder } from '../../helpers/conversation.ts';
import { runInProcess } from '../../helpers/in-process.ts';
import { idOf } from '../../helpers/memory.ts';

describe('output', () => {
  const makeDamaged = () => {
    const path = makeConversation(4);
    writeFileSync(eventPath(path, 1), '{"a":"ü" 1}');
    return path;
  };
  const file = `events/event-00001-${idOf(1)}.json`;

  test('text on a pipe and on a terminal', async () => {
    const path = makeDamaged();
    const consequence = `→ The SDK raises ValidationError when it reads the event. If the event is on the active branch, the conversation cannot be resumed. The agent-server leaves the event out of search results and writes a line to its log.`;
    const text = `\
${path}
  SDK 1.58.2 cannot resume it: ValidationError: #1: not valid JSON: a missing comma
  error invalid-json #1 ${file}:1:10
    not valid JSON: a missing comma
    ${consequence}

Not resumable:
  c0ffee00c0ffee00c0ffee00c0ffee00: #1: not valid JSON: a missing comma (ValidationError); 1 error: invalid-json at #1

1 does not resume
1 conversation, 4 events (1 can't be read): 1 error, 0 warnings, 0 infos
`;
    expect(await cli(['verify', path])).toEqual({
      code: 1,
      signal: null,
      stdout: text,
      stderr: '',
    });
    const { code, output } = await terminal(['verify', path], 80, { NO_COLOR: '1' });
    expect(code).toBe(1);
    // On a terminal, it is wrapped, and the name of a file that has an index is left out where it does not fit.
    expect(output).toContain(
      '\n  error invalid-json #1:1:10\n    not valid JSON: a missing comma\n',
    );
    expect(output).toContain(
      '\n  c0ffee00: #1: not valid JSON: a missing comma (ValidationError); 1 error:\n',
    );
    const wrapped = output.split('\n').filter((line) => line !== path);
    expect(Math.max(...wrapped.map((line) => line.length))).toBeLessThanOrEqual(80);
    const healthy = makeConversation(4);
    const clean = '1 conversation, 4 events: no problems found\n';
    expect((await cli(['verify', healthy])).stdout).toBe(clean);
    expect((await terminal(['verify', healthy], 80, { NO_COLOR: '1' })).output).toBe(clean);
  });

  test('json', async () => {
    const path = makeDamaged();
    const { stdout } = await runInProcess(['verify', path, '--json']);
    const finding = {
      code: 'invalid-json',
      severity: 'error',
      message: 'not valid JSON: a missing comma',
      file,
      index: 1,
      event_id: idOf(1),
      offset: 10,
      line: 1,
      column: 10,
      consequence: expect.stringContaining('ValidationError'),
    };
    expect(JSON.parse(stdout)).toEqual({
      format_version: 1,
      ok: false,
      conversations: [
        {
          id: 'c0ffee00c0ffee00c0ffee00c0ffee00',
          path,
          events: 4,
          unreadable: 1,
          coverage: { unit: 'events', known: 3, of: 4, complete: false },
          bytes: expect.any(Number),
          reachable: 4,
          sdk: '1.58.2',
          resumes: 'no',
          resume_error: {
            exception: 'ValidationError',
            event_id: idOf(1),
            message: `event-00001-${idOf(1)}.json: not valid JSON: a missing comma`,
          },
          findings: [finding],
        },
      ],
      failed: 0,
      totals: {
        conversations: 1,
        events: 4,
        unreadable: 1,
        coverage: { unit: 'events', known: 3, of: 4, complete: false },
        bytes: expect.any(Number),
        errors: 1,
        warnings: 0,
        infos: 0,
        resumes: { yes: 0, partly: 0, no: 1, fresh: 0, unknown: 0 },
      },
    });
  });

  test('ndjson: one finding per line', async () => {
    const path = makeDamaged();
    truncateSync(eventPath(path, 2), 0);
    const { stdout } = await runInProcess(['verify', path, '-o', 'ndjson']);
    const lines = stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    expect(lines.map(({ conversation, code }) => [conversation.path, code])).toEqual([
      [path, 'invalid-json'],
      [path, 'empty-file'],
    ]);
  });

  test('the conversation with the most severe findings comes first', async () => {
    const root = temporaryFolder();
    const [one, two] = ['1'.repeat(32), '2'.repeat(32)].map((id) =>
      makeConversation(4, id, root),
    ) as [string, string];
    writeFileSync(join(one, 'events', 'notes.txt'), '');
    truncateSync(eventPath(two, 1), 0);
    const { stdout } = await runInProcess(['verify', root]);
    expect(stdout.indexOf(two)).toBeLessThan(stdout.indexOf(one));
    expect(stdout).toContain(
      "2 conversations, 8 events (1 can't be read): 1 error, 1 warning, 0 infos\n",
    );
  });
});
