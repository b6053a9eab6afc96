import type { Rule } from '../rule.ts';

export const unrecognizedName: Rule = {
  code: 'unrecognized-name',
  severity: 'warning',
  consequence: 'It is ignored, but names that begin with event- are counted for the next index.',
  *check({ strangers }) {
    for (const name of strangers) {
      if (!name.endsWith('.lock')) yield { name, message: 'not the name of an event file' };
    }
  },
};
