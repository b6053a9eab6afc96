import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { inlineFile, nameFile, replaceImages } from '../../src/text/inline-data.ts';

const noise = (length: number) => Buffer.from(randomBytes(length));
const IMAGES = {
  'image/png': Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), noise(62)]),
  'image/jpeg': Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), noise(60)]),
  'image/gif': Buffer.concat([Buffer.from('GIF89a'), noise(64)]),
  'image/webp': Buffer.concat([Buffer.from('RIFF\x10\x20\0\0WEBP', 'latin1'), noise(58)]),
};

describe.each(Object.entries(IMAGES))('%s', (type, bytes) => {
  const base64 = bytes.toString('base64');
  const found = { type, bytes: 70, url: `data:${type};base64,${base64}` };

  test.each([
    ['bare', base64],
    ['with white space around it', `\n${base64}\n`],
    ['in URL-safe base64', bytes.toString('base64url').padEnd(base64.length, '=')],
    ['as a data URL', `data:${type};base64,${base64}`],
    ['as a data URL of another type', `data:text/plain;base64,${base64}`],
    ['in lines', base64.replace(/.{76}/g, '$&\n')],
  ])('is recognised %s', (_, text) => {
    expect(inlineFile(text)).toEqual(found);
  });

  test.each([
    ['JSON in a text', `{"data": "${base64}", "n": 1}`, `{"data": "[x]", "n": 1}`],
    ['Markdown', `![shot](data:${type};base64,${base64}) after`, '![shot]([x]) after'],
    ['a line of its own', `before\n${base64}\nafter`, 'before\n[x]\nafter'],
    ['lines', `before\n${base64.replace(/.{76}/g, '$&\n')}\nafter text`, 'before\n[x]\nafter text'],
  ])('is found in %s', (_, text, expected) => {
    expect(replaceImages(text, () => '[x]')).toBe(expected);
  });
});

test.each([
  'iVBORw0KGgo',
  '/9j/photo.jpg',
  'The prefix of a PNG in base64 is iVBORw0KGgo, and that of a JPEG /9j/.',
  'abciVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk',
  'data: a word',
  '',
])('%j is a text', (text) => {
  expect(inlineFile(text)).toBeUndefined();
  expect(replaceImages(text, () => 'x')).toBe(text);
});

test('other files are known by their data URL', () => {
  expect(inlineFile('data:application/pdf;base64,JVBERg==')).toMatchObject({
    type: 'application/pdf',
    bytes: 4,
  });
  expect(inlineFile('data:,a%20b')).toMatchObject({ type: 'text/plain', bytes: 3 });
  expect(nameFile({ type: 'image/png', bytes: 70, url: '' })).toBe('image/png, 70 B');
});
