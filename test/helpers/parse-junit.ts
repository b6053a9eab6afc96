import { SaxesParser } from 'saxes';
import { expect } from 'vitest';

export interface Xml {
  name: string;
  attributes: Record<string, string>;
  children: Xml[];
  text: string;
}

/** Parses XML strictly: saxes throws at anything that XML 1.0 does not allow. */
function parseXml(source: string): Xml {
  const open: Xml[] = [{ name: '', attributes: {}, children: [], text: '' }];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: { ...attributes }, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    open.at(-1)!.text += text;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(source).close();
  return open[0]!.children[0]!;
}

const ATTRIBUTES: Record<string, string[]> = {
  testsuites: ['name', 'tests', 'failures', 'errors', 'time'],
  testsuite: ['name', 'tests', 'failures', 'errors', 'skipped', 'time'],
  testcase: ['classname', 'name', 'time'],
  failure: ['message', 'type'],
  error: ['message', 'type'],
  'system-out': [],
};

/** Seconds, with milliseconds. */
const TIME = /^\d+\.\d{3}$/;

/** Parses a JUnit report. Checks that its counts are right, and that its elements are where readers expect them. */
export function parseJunit(source: string): Xml {
  const suites = parseXml(source);
  expect(suites.children.map(({ name }) => name)).toEqual(['testsuite']);
  const suite = suites.children[0]!;
  const having = (name: string) =>
    suite.children.filter(({ children }) => children.some((child) => child.name === name)).length;
  const counts = {
    tests: String(suite.children.length),
    failures: String(having('failure')),
    errors: String(having('error')),
  };
  expect(suites).toMatchObject({ name: 'testsuites', attributes: counts });
  expect(suite.attributes).toEqual({
    name: 'convoscope verify',
    ...counts,
    skipped: '0',
    time: expect.stringMatching(TIME),
  });
  for (const testcase of suite.children) {
    expect(testcase.name).toBe('testcase');
    expect(testcase.attributes.time).toMatch(TIME);
    expect(testcase.attributes.classname).toBe('convoscope.verify');
    expect(testcase.children.map(({ name }) => name).join(' ')).toMatch(
      /^(failure|error)? ?(system-out)?$/,
    );
    for (const element of [suites, suite, testcase, ...testcase.children]) {
      expect(Object.keys(element.attributes)).toEqual(ATTRIBUTES[element.name]);
    }
  }
  return suite;
}
