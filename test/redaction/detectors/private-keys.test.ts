import { expect, test } from 'vitest';
import { pem, redact } from '../samples.ts';

test.each([
  ['on lines', pem('\n')],
  ['with CRLF', pem('\r\n')],
  ['in JSON', pem('\\n')],
  ['in JSON inside JSON', pem('\\\\n')],
  ['of OpenSSH', pem('\n', 'OPENSSH ')],
  ['without an algorithm', pem('\n', '')],
  ['indented', pem('\n    ')],
  ['joined by code', pem('\\n" +\n"')],
])('a private key %s', (_, key) => {
  expect(redact(`cat it:\n${key}\nDone.`)).toEqual({
    text: 'cat it:\n[redacted:private-key]\nDone.',
    counts: { 'private-key': 1 },
  });
});

test('a private key that is cut off, and two private keys', () => {
  const cut = pem('\n').slice(0, 200);
  expect(redact(`${cut}\n[output clipped]`).text).toBe('[redacted:private-key]\n[output clipped]');
  expect(redact(`${pem('\n')}\n${pem('\n')}`).counts).toEqual({ 'private-key': 2 });
});
