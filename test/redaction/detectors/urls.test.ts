import { expect, test } from 'vitest';
import { hex, mixed, redact, withMarkers } from '../samples.ts';

test.each([
  ['postgres://u:pa:ss@word@db:5432/x', 'postgres://u:<url-password>@db:5432/x'],
  ['https://user:password@example.com', 'https://user:<url-password>@example.com'],
  [`https://${mixed(20)}@github.com/a`, 'https://<url-password>@github.com/a'],
  ['https://x.io/?a=1&token=abcd1234&b=2', 'https://x.io/?a=1&token=<url-parameter>&b=2'],
  ['https://x.io/#access_token=abc&x=1', 'https://x.io/#access_token=<url-parameter>&x=1'],
  ['?api_key=abc12&amp;apikey=def34', '?api_key=<url-parameter>&amp;apikey=<url-parameter>'],
  [`?X-Amz-Signature=${hex(64)}&x`, '?X-Amz-Signature=<url-parameter>&x'],
  [`blob?sv=2022&sig=${mixed(20)}%3D`, 'blob?sv=2022&sig=<url-parameter>'],
  [`/maps?key=${mixed(20)}`, '/maps?key=<url-parameter>'],
])('%s', (text, expected) => {
  expect(redact(text).text).toBe(withMarkers(expected));
});
