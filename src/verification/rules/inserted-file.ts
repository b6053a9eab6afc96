import type { Rule } from '../rule.ts';

export const insertedFile: Rule = {
  code: 'inserted-file',
  severity: 'error',
  meaning:
    'A file was added that appending to the conversation does not explain: among sealed events, or beside a conversation that did not grow.',
  cause: 'The file was copied or written into the folder.',
  consequence: 'Not known: it reads the file as it is.',
  remedy: 'See where the file comes from.',
  *check({ seal }) {
    for (const file of seal?.inserted ?? []) yield { file, message: 'was not sealed' };
  },
};
