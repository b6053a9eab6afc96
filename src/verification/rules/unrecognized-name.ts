import type { Rule } from '../rule.ts';

export const unrecognizedName: Rule = {
  code: 'unrecognized-name',
  severity: 'warning',
  meaning:
    'A file in the events folder does not have the name of an event file. Lock files and hidden files are not reported.',
  cause: 'The file is a copy, an editor backup, or the output of another program.',
  consequence:
    'The SDK ignores the file and logs a warning. However, it counts every file name that starts with event- and ends in .json when it chooses the next index.',
  remedy: 'Move the file out of the events folder.',
  *check({ unrecognized }) {
    for (const file of unrecognized) {
      if (!file.endsWith('.lock')) yield { file, message: 'the name is not that of an event file' };
    }
  },
};
