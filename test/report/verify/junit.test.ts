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
  const consequence = '  → The SDK raises ValidationError.';
  const message = 'the text ends in the middle of a value';
  const error = `error empty-file #1\n  #1 ${FILE}:1:101: ${message} (also events/other.json)\n${consequence}`;
  const warning = `warning linked-file #1\n  #1 ${message}\n${consequence}`.replace(
    '#1 the',
    '#1: the',
  );
  const info = `info in-flight-write #1\n  #1 ${FILE}: ${message}\n${consequence}`;
  const named = warning.replace('  #1:', `  #1 ${FILE}:`);

  test('errors fail a case, and each text makes sense alone', async () => {
    expect(casesOf(parseJunit(await render('junit', reportOf(mixed))))).toEqual([
      ['convoscope.verify', 'c0'],
      [
        'convoscope.verify',
        'runs/c1',
        [
          'failure',
          'conversation runs/c1: resumes, but has problems: 1 error: empty-file at #1; 1 warning: linked-file at #1',
          `conversation runs/c1\n${error}`,
        ],
        ['system-out', undefined, `conversation runs/c1\n${warning}\n${info}`],
      ],
      [
        'convoscope.verify',
        '/srv/runs/c2',
        ['system-out', undefined, `conversation /srv/runs/c2\n${named}`],
      ],
    ]);
  });

  test('warnings fail a case with --strict', async () => {
    const report = reportOf(mixed, { failOn: 'warning' });
    const [, c1, c2] = casesOf(parseJunit(await render('junit', report)));
    expect(c1?.slice(2)).toEqual([
      ['failure', expect.any(String), `conversation runs/c1\n${error}\n${warning}`],
      ['system-out', undefined, `conversation runs/c1\n${info}`],
    ]);
    expect(c2?.slice(2)).toEqual([
      ['failure', expect.any(String), `conversation /srv/runs/c2\n${named}`],
    ]);
  });

  test('a conversation that cannot be resumed fails with --fail-on not-resumable', async () => {
    const blocked = {
      ...verifiedConversation([], 'c3'),
      resumes: 'no' as const,
      resume_error: { exception: 'KeyError', event_id: null, message: 'no leaf' },
    };
    const report = reportOf([...mixed, blocked], { failOn: 'not-resumable' });
    const cases = casesOf(parseJunit(await render('junit', report)));
    expect(cases.map(([, name, child]) => [name, child?.[0]])).toEqual([
      ['c0', undefined],
      ['runs/c1', 'system-out'],
      ['/srv/runs/c2', 'system-out'],
      ['c3', 'failure'],
    ]);
    expect(cases.at(-1)?.[2]?.[1]).toBe('conversation c3: not resumable: no leaf (KeyError)');
  });

  test('times are those of the run, in seconds', async () => {
    const suite = parseJunit(await render('junit', reportOf(mixed)));
    expect(suite.attributes.time).toBe('2.500');
    expect(suite.children.map(({ attributes }) => attributes.time)).toEqual(Array(3).fill('1.500'));
  });

  test('paths that could not be verified are an error of their own', async () => {
    const suite = parseJunit(
      await render('junit', reportOf([verifiedConversation([])], { failures: 2 })),
    );
    expect(casesOf(suite)[1]).toEqual([
      'convoscope.verify',
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
    expect(suite.children[0]?.children[0]?.text).toContain(': a <b> & "c" ]]> \\uffff\n');
  });

  test('a text stays below the 10 MB that libxml2 takes', async () => {
    // The longest text for its width, because combining marks take no column.
    const message = `a${'\u0301'.repeat(30)}`.repeat(500);
    const many = Array.from({ length: 2000 }, () => findingOf('error', { message }));
    const suite = parseJunit(await render('junit', reportOf([verifiedConversation(many)])));
    const [failure] = suite.children[0]!.children;
    expect(failure?.attributes.message).toContain('2,000 errors: empty-file at #1');
    expect(failure?.text).toMatch(/\nand 1,500 more$/);
    expect(Buffer.byteLength(failure!.text)).toBeLessThan(10_000_000);
  });
});
