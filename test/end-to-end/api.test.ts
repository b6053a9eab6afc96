import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type * as Api from '../../src/api.ts';
import { ROOT } from '../helpers/cli.ts';
import {
  eventPath,
  makeConversation,
  messageEvent,
  temporaryFolder,
} from '../helpers/conversation.ts';

const page = readFileSync(join(ROOT, 'docs/api.md'), 'utf8');
const [, program = ''] = /```ts\n([\s\S]*?)```/.exec(page) ?? [];
const [, printed = ''] = /```text\n([\s\S]*?)```/.exec(page) ?? [];

/** Runs a program of Node in a folder. @returns its stdout */
function node(cwd: string, args: readonly string[]): string {
  const env = { PATH: process.env.PATH, TZ: 'UTC' };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    env,
  });
  expect({ status, stderr: stderr + (status === 0 ? '' : stdout) }).toEqual({
    status: 0,
    stderr: '',
  });
  return stdout;
}

test('the program in docs/api.md is accepted by TypeScript, and prints what the page shows', () => {
  const project = temporaryFolder();
  const sample = 'fixtures/conversations/1.58.2/1628edc99a71515cbf4998a6fa488006';
  cpSync(join(ROOT, sample), join(project, sample), { recursive: true });
  mkdirSync(join(project, 'node_modules/@types'), { recursive: true });
  symlinkSync(ROOT, join(project, 'node_modules/convoscope'));
  symlinkSync(join(ROOT, 'node_modules/@types/node'), join(project, 'node_modules/@types/node'));
  writeFileSync(join(project, 'example.mts'), program);
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const options = '--strict --module nodenext --target es2023 --types node'.split(' ');
  node(project, [tsc, ...options, 'example.mts']);
  expect(node(project, ['example.mjs'])).toBe(printed);
});

describe('the built API', async () => {
  const api: typeof Api = await import(pathToFileURL(join(ROOT, 'dist/api.mjs')).href);

  test('a path that is no conversation has an error with a code', async () => {
    const path = temporaryFolder();
    const error = expect.objectContaining({ code: 'not-a-conversation' });
    expect(() => api.openConversation(path)).toThrow(error);
    await expect(api.verify(path)).rejects.toEqual(error);
  });

  test('pages follow each other in order of time, and skipped events are named', async () => {
    const path = makeConversation(5);
    writeFileSync(eventPath(path, 2), '{');
    const conversation = api.openConversation(path, { timeZone: 'UTC' });
    expect(conversation).toMatchObject({ path, events: 5 });
    const indices: number[] = [];
    for (let page: string | null | undefined; page !== null; ) {
      const result = await api.search(conversation, {
        limit: 2,
        descending: true,
        ...(page && { page }),
      });
      indices.push(...result.events.map(({ index }) => index));
      page = result.nextPage;
    }
    expect(indices).toEqual([4, 3, 1, 0]);
    const { count, skipped } = await api.count(conversation, { texts: ['MESSAGE'] });
    expect(count).toBe(4);
    expect(skipped).toMatchObject([{ index: 2, code: 'truncated-json' }]);
    expect(await api.count(conversation)).toEqual({ count: 5, onlyInFiles: 0, skipped: [] });
  });

  test('allFields searches whole files, and without it their matches are counted', async () => {
    const observation = { kind: 'FileEditorObservation', old_content: '', new_content: 'needle' };
    const path = makeConversation([
      messageEvent(0, 'a needle'),
      { ...messageEvent(1, 'edited'), kind: 'ObservationEvent', observation },
    ]);
    const conversation = api.openConversation(path);
    for (const query of [{ texts: ['needle'] }, { patterns: ['n..dle'] }] as Api.SearchQuery[]) {
      for (const allFields of [false, true]) {
        const { events, onlyInFiles } = await api.search(conversation, { ...query, allFields });
        const expected = allFields ? { indices: [0, 1], only: 0 } : { indices: [0], only: 1 };
        expect({ indices: events.map(({ index }) => index), only: onlyInFiles }).toEqual(expected);
        const counted = await api.count(conversation, { ...query, allFields });
        expect([counted.count, counted.onlyInFiles]).toEqual([events.length, onlyInFiles]);
      }
    }
  });

  test.each<[Api.SearchQuery, string]>([
    [{ limit: 0 }, 'limit 0'],
    [{ limit: 1.5 }, 'limit 1.5'],
    [{ page: 'nowhere' }, 'nowhere'],
    [{ patterns: ['('] }, 'regular expression'],
    [{ where: ['exit_code'] }, 'exit_code'],
    [{ since: new Date('never') }, 'not a time'],
  ])('%j is refused', async (query, message) => {
    const conversation = api.openConversation(makeConversation(3));
    await expect(api.search(conversation, query)).rejects.toThrow(message);
  });

  test('a time zone or a conversation that is not one is refused', async () => {
    const path = makeConversation(1);
    expect(() => api.openConversation(path, { timeZone: 'Mars' })).toThrow('Mars');
    const forged = { id: 'x', path, events: 1 };
    await expect(api.count(forged)).rejects.toThrow('openConversation');
  });
});
