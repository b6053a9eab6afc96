import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { conversationsNear } from '../../src/locating/current-folder.ts';
import { makeConversation, temporaryFolder } from '../helpers/conversation.ts';

const ID = 'c0ffee00c0ffee00c0ffee00c0ffee0';
const names = (root: string) => conversationsNear(root).map(({ path }) => basename(path));

test('finds conversations in a folder, and in its folders', () => {
  const root = temporaryFolder();
  makeConversation(1, `${ID}1`, root);
  makeConversation(1, `${ID}2`, join(root, 'inside'));
  makeConversation(1, `${ID}3`, join(root, 'inside', 'deeper'));
  makeConversation(1, `${ID}4`, join(root, '.hidden'));
  expect(names(root)).toEqual([`${ID}1`, `${ID}2`]);
});

test('finds none if there are too many other folders', () => {
  const root = temporaryFolder();
  makeConversation(1, `${ID}1`, root);
  for (let at = 0; at < 2_000; at++) mkdirSync(join(root, `other-${at}`));
  expect(names(root)).toEqual([]);
});
