import { faultRule } from '../rule.ts';

export const oversizedFile = faultRule({
  code: 'oversized-file',
  severity: 'warning',
  meaning:
    'The file is larger than 64 MiB, or than `--max-event-size`, so convoscope does not read it.',
  cause: 'A tool produced a huge output, or the file is not an event.',
  consequence:
    'The SDK loads the whole file, and needs several times the size of the file in memory.',
  remedy:
    'Look at the file yourself: convoscope has not checked its content. `--max-event-size` lifts the limit.',
});
