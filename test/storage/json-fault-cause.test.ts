import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeEvent } from '../../src/storage/decode-event.ts';
import { slotOf } from '../helpers/memory.ts';

const CASES: [content: string | Buffer, code: string, message: string, offset: number][] = [
  ['\ufeff{"a":1}', 'invalid-json', 'not valid JSON: the text begins with a byte order mark', 0],
  [
    '\ufeff\ufeff{}',
    'invalid-json',
    'not valid JSON: the text begins with two byte order marks',
    0,
  ],
  [
    Buffer.from('\ufeff{"a":1}', 'utf16le'),
    'invalid-utf8',
    'UTF-16 text with a byte order mark, not UTF-8',
    0,
  ],
  [
    Buffer.from('\ufeff{"a":1}', 'utf16le').swap16(),
    'invalid-utf8',
    'UTF-16 text with a byte order mark, not UTF-8',
    0,
  ],
  [
    Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]),
    'invalid-utf8',
    'UTF-32 text with a byte order mark, not UTF-8',
    0,
  ],
  [
    Buffer.alloc(4096),
    'invalid-json',
    'not valid JSON: nothing but zero bytes: the disk lost the content',
    0,
  ],
  [
    Buffer.concat([Buffer.from('{"a":"b"}'), Buffer.alloc(9)]),
    'trailing-bytes',
    'zero bytes follow the event',
    9,
  ],
  ['{"a":\0\0\0\0}', 'invalid-json', 'not valid JSON: zero bytes: the disk lost this part', 5],
  [gzipSync('{}'), 'invalid-utf8', 'gzip data, not JSON', 1],
  ['<!DOCTYPE html><html>', 'invalid-json', 'not valid JSON: an HTML page, not JSON', 0],
  ['<?xml version="1.0"?><e/>', 'invalid-json', 'not valid JSON: XML, not JSON', 0],
  [
    'version https://git-lfs.github.com/spec/v1\n',
    'invalid-json',
    'not valid JSON: a Git LFS pointer in place of the file',
    0,
  ],
  ['{"a":NaN}', 'invalid-json', 'not valid JSON: NaN, which JSON does not have', 5],
  ['{"a":-Infinity}', 'invalid-json', 'not valid JSON: Infinity, which JSON does not have', 5],
  ["{'a': 1}", 'invalid-json', 'not valid JSON: text in single quotes, as Python prints it', 1],
  ['{"a":True}', 'invalid-json', 'not valid JSON: a value as Python prints it', 5],
  ['{"a":1}{"b":2}', 'trailing-bytes', 'another JSON object follows the event', 7],
  ['{"a":1}}', 'trailing-bytes', 'a bracket too many follows the event', 7],
  ['{"a":1,}', 'invalid-json', 'not valid JSON: a comma with nothing after it', 7],
  ['{"a":1 // one\n}', 'invalid-json', 'not valid JSON: a comment, which JSON does not have', 7],
  [
    '{"a":"x\ny"}',
    'invalid-json',
    'not valid JSON: a line end within a text, which must be escaped',
    7,
  ],
  ['<<<<<<< HEAD\n{"a":1}', 'invalid-json', 'not valid JSON: conflict markers of a Git merge', 0],
  ['{a:1}', 'invalid-json', 'not valid JSON: a key without quotes', 1],
  ['{"a":01}', 'invalid-json', 'not valid JSON: a number with a leading zero', 6],
  ['{"a":"\\x"}', 'invalid-json', 'not valid JSON: an escape that JSON does not have', 7],
  ['{"a":nope}', 'invalid-json', 'not valid JSON', 5],
];

test.each(CASES)('%j: %s, %s', (content, code, message, offset) => {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content);
  expect(decodeEvent(slotOf(0), bytes)).toMatchObject({ kind: 'fault', code, message, offset });
});
