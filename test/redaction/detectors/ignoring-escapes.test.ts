import { expect, test } from 'vitest';
import { makeRedactor } from '../../../src/redaction/redactor.ts';

test('a secret with colours inside it is replaced as a whole', () => {
  const secret = `ghp_${'a1B2'.repeat(9)}`;
  const coloured = `use \u001b[01;31m\u001b[Kghp_\u001b[m\u001b[K${secret.slice(4)}\u001b]0;x\u0007 now`;
  const redactor = makeRedactor();
  const shown = redactor.text(coloured);
  expect(shown).toBe('use \u001b[01;31m\u001b[K[redacted:github-token]\u001b]0;x\u0007 now');
  expect(redactor.text(shown)).toBe(shown);
  expect([...redactor.counts]).toEqual([['github-token', 1]]);
  expect(JSON.parse(redactor.json(JSON.stringify({ text: coloured }))).text).toBe(shown);
  expect(redactor.text('\u001b]'.repeat(500_000))).toHaveLength(1_000_000);
});
