import { describe, expect, test } from 'vitest';
import { parseJunit, type Xml } from '../../helpers/parse-junit.ts';
import {
  FILE,
  findingOf,
  render,
  reportOf,
  verifiedConversation,
} from '../../helpers/verify-report.ts';

describe('junit: one case per conversation', () => {
  const casesOf = (suite: Xml) =>
    suite.children.map(({ attributes, children }) => [
      attributes.classname,
      attributes.name,
      ...children.map(({ name, attributes: { message }, text }) => [name, message, text]),
    ]);
  const mixed = [
    verifiedConversation([], 'c0'),
    verifiedConversation([
      findingOf('error', { line: 1, column: 101, related: ['events/other.json'] }),
      findingOf('warning', { file: null }),
      findingOf('info'),
    ]),
    verifiedConversation([findingOf('warning')], '/srv/runs/c2'),
  ];
  const [error, warning, info] = [
    `error empty-file ${FILE}:1:101\n  the text ends in the middle of a value (other files: events/other.json)\n  → The SDK raises ValidationError.`,
    'warning linked-file \n  the text ends in the middle of a value\n  → The SDK raises ValidationError.',
    `info in-flight-write ${FILE}\n  the text ends in the middle of a value\n  → The SDK raises ValidationError.`,
  ];
  const named = warning.replace('linked-file ', `linked-file ${FILE}`);

  test('errors fail a case', async () => {
    expect(casesOf(parseJunit(await render('junit', reportOf(mixed))))).toEqual([
      ['convoscope', 'c0'],
      [
        'runs',
        'runs/c1',
        ['failure', '1: empty-file', error],
        ['system-out', undefined, `${warning}\n${info}`],
      ],
      ['/srv/runs', '/srv/runs/c2', ['system-out', undefined, named]],
    ]);
  });

  test('warnings fail a case with --strict', async () => {
    const report = reportOf(mixed, { isStrict: true });
    expect(casesOf(parseJunit(await render('junit', report)))).toEqual([
      ['convoscope', 'c0'],
      [
        'runs',
        'runs/c1',
        ['failure', '2: empty-file, linked-file', `${error}\n${warning}`],
        ['system-out', undefined, info],
      ],
      ['/srv/runs', '/srv/runs/c2', ['failure', '1: linked-file', named]],
    ]);
  });

  test('paths that could not be verified are an error of their own', async () => {
    const suite = parseJunit(
      await render('junit', reportOf([verifiedConversation([])], { failures: 2 })),
    );
    expect(casesOf(suite)[1]).toEqual([
      'convoscope',
      'could be verified',
      ['error', 'could not verify 2 more', ''],
    ]);
  });

  test('markup is escaped, and not left out', async () => {
    const report = reportOf([
      verifiedConversation([findingOf('error', { message: 'a <b> & "c" ]]> \uffff' })], 'x"<'),
    ]);
    const suite = parseJunit(await render('junit', report));
    expect(suite.children[0]?.attributes.name).toBe('x"<');
    expect(suite.children[0]?.children[0]?.text).toContain('  a <b> & "c" ]]> \\uffff\n');
  });

  test('a text stays below the 10 MB that libxml2 takes', async () => {
    // The longest text for its width, because combining marks take no column.
    const message = `a${'\u0301'.repeat(30)}`.repeat(500);
    const many = Array.from({ length: 2000 }, () => findingOf('error', { message }));
    const suite = parseJunit(await render('junit', reportOf([verifiedConversation(many)])));
    const [failure] = suite.children[0]!.children;
    expect(failure?.attributes.message).toBe('2000: empty-file');
    expect(failure?.text).toMatch(/\nand 1500 more$/);
    expect(Buffer.byteLength(failure!.text)).toBeLessThan(10_000_000);
  });
});
