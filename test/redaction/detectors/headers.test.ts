import { expect, test } from 'vitest';
import { mixed, redact, withMarkers } from '../samples.ts';

const secret = mixed(24);

test.each([
  ["curl -H 'Authorization: Bearer abc' x", "curl -H 'Authorization: Bearer <authorization>' x"],
  ['"authorization": "Bearer abc"', '"authorization": "Bearer <authorization>"'],
  ['{\\"Authorization\\": \\"token abc1\\"}', '{\\"Authorization\\": \\"token <authorization>\\"}'],
  ['Proxy-Authorization: Basic dXNlcjpwYXNz', 'Proxy-Authorization: Basic <authorization>'],
  ['Authorization: Digest username="u", nonce="n"', 'Authorization: Digest <authorization>'],
  [`Authorization: ${secret}`, 'Authorization: <authorization>'],
  [
    `headers["Authorization"] = "Bearer ${secret}"`,
    'headers["Authorization"] = "Bearer <authorization>"',
  ],
  [`bearer ${secret}`, 'bearer <authorization>'],
  ['< Set-Cookie: sid=abc; Path=/\r\n<', '< Set-Cookie: <cookie>\r\n<'],
  ["-H 'Cookie: a=b; c=d'", "-H 'Cookie: <cookie>'"],
  ['X-Api-Key: abcdef', 'X-Api-Key: <key>'],
  ['x-auth-token: abcdef1', 'x-auth-token: <token>'],
  ['PRIVATE-TOKEN: abcdef1', 'PRIVATE-TOKEN: <token>'],
])('%s', (text, expected) => {
  expect(redact(text).text).toBe(withMarkers(expected));
});
