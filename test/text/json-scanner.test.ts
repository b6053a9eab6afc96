import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldTree, pick, project } from '../../src/text/json-fields.ts';
import { diagnose, oneLine } from '../../src/text/json-scanner.ts';
import { runs } from '../helpers/sweep.ts';

/** JSON texts with white space of any kind between their tokens. */
const spaced = fc
  .tuple(fc.jsonValue(), fc.constantFrom(undefined, 1, 3, '\t'))
  .map(([value, space]) => JSON.stringify(value, null, space));

describe('diagnose', () => {
  test('reports an error exactly where JSON.parse throws', () => {
    const almost = fc
      .tuple(
        spaced,
        fc.nat(),
        fc.constantFrom('', '}', '"', ',', '\\', '\n', '0', 'e', ' x', '\u0001'),
      )
      .map(
        ([text, at, extra]) =>
          text.slice(0, at % (text.length + 1)) + extra + text.slice((at % (text.length + 1)) + 1),
      );
    fc.assert(
      fc.property(fc.oneof(spaced, almost, fc.string()), (text) => {
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        expect(diagnose(text) === undefined).toBe(parses);
      }),
      runs(2000, 500),
    );
  });

  test('reports every cut of an object as truncated, at its end', () => {
    const text = '{"a": [1.5e-3, -0, true, null, "x\\u00e9\\n"], "b": {"c": false, "d": {}}}';
    for (let end = 0; end < text.length; end++) {
      expect(diagnose(text.slice(0, end))).toEqual({ code: 'truncated-json', at: end });
    }
  });

  test.each([
    ['{"a":1}}', 'trailing-bytes', 7],
    ['{"a":1}\n{"b":2}', 'trailing-bytes', 8],
    ['{"a":1,}', 'invalid-json', 7],
    ['{a:1}', 'invalid-json', 1],
    ['{"a":01}', 'invalid-json', 6],
    ['{"a":"\u0000"}', 'invalid-json', 6],
    ['{"a":"\\x"}', 'invalid-json', 7],
    ['{"a" 1}', 'invalid-json', 5],
    ['[1 2]', 'invalid-json', 3],
    ['\ufeff{}', 'invalid-json', 0],
    ['{"a":NaN}', 'invalid-json', 5],
  ])('%j is %s at %i', (text, code, at) => {
    expect(diagnose(text)).toEqual({ code, at });
  });

  test('nesting of any depth does no harm', () => {
    const deep = '['.repeat(100_000);
    expect(diagnose(deep)).toEqual({ code: 'truncated-json', at: 100_000 });
    expect(diagnose(deep + ']'.repeat(100_000))).toBeUndefined();
  });
});

describe('oneLine', () => {
  test('leaves a single line as it is', () => {
    expect(oneLine('{"a" :  1.0, "b":"\\n"}\n')).toBe('{"a" :  1.0, "b":"\\n"}');
  });

  test('joins lines without changing a token', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const line = oneLine(JSON.stringify({ value }, null, 2));
        expect(line).toBe(JSON.stringify({ value }));
      }),
    );
    expect(oneLine('{\n "big": 12345678901234567890,\r\n "one": 1.0\n}')).toBe(
      '{"big":12345678901234567890,"one":1.0}',
    );
  });
});

const EVENT =
  '{"id":"a","n":1.0,"o":{"x":1e2,"y":[{"t":"p"},{"t":"q","u":2},[{"t":"r"}]]},"__proto__":{"z":12345678901234567890}}';

test.each([
  ['n', '1.0'],
  ['o.x', '1e2'],
  ['o.y.1.u', '2'],
  ['o.y.t', '["p","q"]'],
  ['__proto__.z', '12345678901234567890'],
  ['missing', undefined],
  ['id.more', undefined],
])('pick %s', (path, raw) => {
  expect(pick(EVENT, path.split('.'))).toBe(raw);
});

test.each([
  [['n', 'id'], '{"id":"a","n":1.0}'],
  [['o.x'], '{"o":{"x":1e2}}'],
  [['o.y.t'], '{"o":{"y":[{"t":"p"},{"t":"q"}]}}'],
  [['o', 'o.x'], '{"o":{"x":1e2,"y":[{"t":"p"},{"t":"q","u":2},[{"t":"r"}]]}}'],
  [['__proto__.z'], '{"__proto__":{"z":12345678901234567890}}'],
  [['missing'], '{}'],
])('project %j', (paths, text) => {
  expect(project(EVENT, fieldTree(paths))).toBe(text);
});
