import type { Rule } from '../rule.ts';

export const unrecognizedName: Rule = {
  code: 'unrecognized-name',
  severity: 'warning',
  meaning:
    'A file in the events folder has a name that the SDK does not take for an event. Lock files and hidden files are fine.',
  cause: 'A copy, a backup of an editor, or an event of another program.',
  consequence:
    'It is ignored with a warning in the log. But every name that begins with event- and ends in .json is counted when the next index is chosen.',
  remedy: 'Move it out of the events folder.',
  *check({ unrecognized }) {
    for (const file of unrecognized) {
      if (!file.endsWith('.lock')) yield { file, message: 'not the name of an event file' };
    }
  },
};
