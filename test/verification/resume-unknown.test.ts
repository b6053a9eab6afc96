import { renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { eventPath, makeConversation, temporaryFolder } from '../helpers/conversation.ts';

async function resumes(path: string, ...args: string[]): Promise<unknown> {
  const { stdout } = await cli(['verify', path, '-o', 'json', ...args]);
  return JSON.parse(stdout).conversations[0].resumes;
}

test('a file that the SDK needs, and might be able to read, makes the verdict unknown', async () => {
  const linked = makeConversation(3);
  const outside = join(temporaryFolder(), 'event.json');
  renameSync(eventPath(linked, 1), outside);
  symlinkSync(outside, eventPath(linked, 1));
  expect(await resumes(linked)).toBe('unknown');
  expect((await cli(['verify', linked])).stdout).toContain('Not known whether it resumes');

  const large = makeConversation(3);
  expect(await resumes(large, '--max-event-size', '20')).toBe('unknown');

  const state = makeConversation(3);
  writeFileSync(
    join(state, 'base_state.json'),
    `{"a":${'[],'.repeat(9_000_000)}1}`.replace('{"a":', '{"a":[').replace(/1}$/, '1]}'),
  );
  expect(await resumes(state)).toBe('unknown');
});

test('what is certain stays certain', async () => {
  const path = makeConversation(3);
  writeFileSync(eventPath(path, 2), '{"id"');
  const outside = join(temporaryFolder(), 'event.json');
  renameSync(eventPath(path, 1), outside);
  symlinkSync(outside, eventPath(path, 1));
  expect(await resumes(path, '--assume-idle')).toBe('no');
});
