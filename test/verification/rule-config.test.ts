import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { eventPath, makeConversation } from '../helpers/conversation.ts';
import { runInProcess } from '../helpers/in-process.ts';
import type { PrintedFinding } from '../helpers/verify.ts';

describe('--severity, --ignore and --only choose what is reported', () => {
  const makeDamaged = () => {
    const path = makeConversation(4);
    truncateSync(eventPath(path, 1), 0);
    writeFileSync(join(path, 'events', 'notes.txt'), '');
    return path;
  };

  test.each<[string[], number, string[]]>([
    [[], 1, ['empty-file error', 'unrecognized-name warning']],
    [['--ignore', 'empty-file'], 0, ['unrecognized-name warning']],
    [['--ignore', 'empty-file', '--strict'], 1, ['unrecognized-name warning']],
    [['--only', 'unrecognized-name'], 0, ['unrecognized-name warning']],
    [['--only', 'index-gap,empty-file'], 1, ['empty-file error']],
    [['--severity', 'empty-file=info,unrecognized-name=off', '--strict'], 0, ['empty-file info']],
    [
      ['--severity', 'unrecognized-name=error', '--ignore', 'empty-file'],
      1,
      ['unrecognized-name error'],
    ],
  ])('%j', async (args, code, expected) => {
    const path = makeDamaged();
    const ended = await runInProcess(['verify', path, '--json', ...args]);
    const document = JSON.parse(ended.stdout);
    expect(ended.code).toBe(code);
    expect(document.ok).toBe(code === 0);
    const found: PrintedFinding[] = document.conversations[0].findings;
    expect(found.map((finding) => `${finding.code} ${finding.severity}`)).toEqual(expected);
  });
});
