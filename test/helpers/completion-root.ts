import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeConversation, temporaryFolder } from './conversation.ts';

export const ONE = '11111111aaaa4bbb8ccc000000000001';
export const TWO = '11112222aaaa4bbb8ccc000000000002';

/** Names that a shell would run, split or print as an escape, if they were not quoted. */
const HOSTILE = [
  '$(touch pwned)',
  '`touch pwned`',
  'a;touch pwned;',
  'new\nline',
  'a b',
  '\u001b[31mred',
];

/** A root of two conversations, the first one older, and of others whose names are no ids. */
export function makeCompletionRoot(): string {
  const root = temporaryFolder();
  const one = makeConversation(1, ONE, root);
  for (const part of ['.', 'events', 'base_state.json']) utimesSync(join(one, part), 1e9, 1e9);
  const two = makeConversation(2, TWO, root);
  writeFileSync(join(two, 'meta.json'), JSON.stringify({ title: 'Fix\tthe\n\u001b[31mtests' }));
  for (const name of HOSTILE) makeConversation(1, name, root);
  return root;
}
