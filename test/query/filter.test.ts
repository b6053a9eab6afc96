import { describe, expect, test } from 'vitest';
import { parseComparison } from '../../src/query/fields/field-comparison.ts';
import { type FilterSpec, makeFilter } from '../../src/query/filter.ts';
import { makePattern } from '../../src/text/regex/pattern.ts';
import { findZone } from '../../src/time/zone.ts';
import { loaded, slotOf } from '../helpers/memory.ts';

const UTC = findZone('UTC')!;
const EVENT = {
  kind: 'ObservationEvent',
  id: 'x',
  source: 'environment',
  tool_name: 'terminal',
  timestamp: '2026-01-01T12:00:00.000001',
  observation: {
    exit_code: 2,
    is_error: false,
    note: null,
    content: [
      { type: 'text', text: 'ERROR: Straße missing' },
      { type: 'text', text: 'second line' },
    ],
  },
};
function passes(spec: FilterSpec, value: object | string = EVENT): boolean {
  const event = loaded(slotOf(7, 'abcdef01-2345'), value);
  return makeFilter(spec, UTC).verdictOn(event.entry, event) === true;
}
const noon = Date.parse('2026-01-01T12:00:00Z') * 1000;

test.each<[boolean, FilterSpec]>([
  [true, {}],
  [true, { texts: ['error: straße'] }],
  [false, { texts: ['error: straße'], caseSensitive: true }],
  [true, { texts: ['ERROR', 'second'] }],
  [false, { texts: ['ERROR', 'third'] }],
  [false, { texts: ['terminal '] }],
  [true, { patterns: [makePattern('^error:\\s', false)] }],
  [false, { patterns: [makePattern('^error:\\s', true)] }],
  [true, { kinds: ['observation'] }],
  [true, { kinds: ['openhands.sdk.event.llm_convertible.observation.ObservationEvent'] }],
  [true, { kinds: ['action', 'OBSERVATIONEVENT'] }],
  [false, { kinds: ['action'] }],
  [false, { kinds: ['!observation'] }],
  [true, { kinds: ['!action'] }],
  [false, { kinds: ['observation', '!observation'] }],
  [true, { sources: ['agent', 'environment'] }],
  [false, { sources: ['agent'] }],
  [true, { tools: ['terminal'] }],
  [false, { tools: ['term'] }],
  [true, { since: noon + 1 }],
  [false, { since: noon + 2 }],
  [false, { until: noon + 1 }],
  [true, { until: noon + 2 }],
  [true, { index: { from: 7, to: 7 } }],
  [false, { index: { from: 8, to: Number.POSITIVE_INFINITY } }],
  [true, { id: 'ABCDEF0123' }],
  [false, { id: 'abcdef02' }],
  [true, { errors: true }],
  [false, { body: 'error' }],
])('%s: %j', (expected, spec) => {
  expect(passes(spec)).toBe(expected);
});

describe('where', () => {
  test.each([
    ['observation.exit_code=2', true],
    ['observation.exit_code!=0', true],
    ['observation.exit_code>1', true],
    ['observation.exit_code>=2', true],
    ['observation.exit_code<2', false],
    ['observation.exit_code<=2.5', true],
    ['observation.exit_code>x', false],
    ['observation.exit_code:', true],
    ['observation.note:', false],
    ['observation.note!=1', false],
    ['observation.missing!=1', false],
    ['observation.is_error=false', true],
    ['observation.content.text~^second', true],
    ['observation.content.1.text=second line', true],
    ['observation.content:', true],
    ['tool_name=Terminal', false],
    ['tool_name~TERM', true],
    ['timestamp>=2026-01-01', true],
    ['timestamp<2026-01-01', false],
    ['__proto__:', false],
    ['constructor:', false],
  ])('%s', (text, expected) => {
    expect(passes({ where: [parseComparison(text, false)!] })).toBe(expected);
  });

  test.each(['observation', '=1', 'a:1', ''])('%j is not a comparison', (text) => {
    expect(parseComparison(text, false)).toBeUndefined();
  });

  test('does not look into lists of lists, however deep', () => {
    const text = `{"a":${'['.repeat(50_000)}{"b":1}${']'.repeat(50_000)}}`;
    expect(passes({ where: [parseComparison('a.b=1', false)!] }, text)).toBe(false);
  });
});

test('body matches messages only', () => {
  const message = {
    kind: 'MessageEvent',
    llm_message: { content: [{ type: 'text', text: 'An Error' }] },
  };
  expect(passes({ body: 'error' }, message)).toBe(true);
  expect(passes({ body: 'error' }, { ...message, kind: 'X' })).toBe(false);
});

test('a filter knows when names are enough', () => {
  expect(makeFilter({}, UTC)).toMatchObject({ needsNamesOnly: true });
  expect(makeFilter({ id: 'a', index: { from: 0, to: 1 } }, UTC).needsNamesOnly).toBe(true);
  expect(makeFilter({ errors: true }, UTC).needsNamesOnly).toBe(false);
});
