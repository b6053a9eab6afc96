import type { Rule } from '../rule.ts';
import { CONSEQUENCE } from '../rule-texts.ts';

export const insertedFile: Rule = {
  code: 'inserted-file',
  severity: 'error',
  meaning:
    'A file was added after the seal, and appended events do not explain it. Examples are an event file between sealed events, and a file in a conversation without new events.',
  cause: 'The file was copied or written into the folder.',
  consequence: `${CONSEQUENCE.ignoresSeals} It reads an added event file like any other.`,
  remedy: 'Find out where the file comes from.',
  *check({ seal }) {
    for (const file of seal?.inserted ?? []) {
      yield { file, message: 'the file was added after the seal' };
    }
  },
};
