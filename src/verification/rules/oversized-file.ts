import { faultRule } from '../rule.ts';

export const oversizedFile = faultRule({
  code: 'oversized-file',
  severity: 'warning',
  meaning: 'The file is larger than 64 MiB, and was not read.',
  cause: 'A tool printed without bound, or the file is no event.',
  consequence: 'It is loaded whole, at several times its size in memory.',
  remedy: 'See what the file is. Nothing is known of an event in it.',
});
