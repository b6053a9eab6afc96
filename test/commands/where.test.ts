import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/conversation.ts';
import { PLAIN, screen } from '../helpers/views.ts';

test('fits a terminal of 80 columns', async () => {
  const empty = temporaryFolder();
  const shown = await screen('where', '--root', join(PLAIN, '..'), '--root', empty);
  // Which one is the latest depends on how the clone was made.
  const plain = shown
    .replaceAll(empty, '/empty')
    .replaceAll(ROOT, '/convoscope/')
    .replace(/(latest is .*\/)[0-9a-f]{32}/, '$1…');
  expect(plain).toMatchInlineSnapshot(`
    "/convoscope/fixtures/conversations/1.58.2
      --root
      16 conversations
    /empty
      --root
      0 conversations

    @latest is /convoscope/fixtures/conversations/1.58.2/…
    exit 0"
  `);
});
