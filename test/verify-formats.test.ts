import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Ajv from 'ajv';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { visible } from '../src/report/sanitize.ts';
import { makeStyle } from '../src/report/style.ts';
import { type VerifyFormat, verifyReporter } from '../src/report/verify/index.ts';
import type { Verified, VerifyReport } from '../src/report/verify/types.ts';
import type { Severity } from '../src/verification/rule.ts';
import { RULES } from '../src/verification/rules/index.ts';
import type { Finding } from '../src/verification/verify.ts';
import { cli, ROOT, terminal } from './helpers/cli.ts';
import { eventPath, makeConversation, temporaryFolder } from './helpers/conversation.ts';

const NEW_FORMATS = ['junit', 'sarif', 'github'] as const;
const FILE = 'events/event-00001-e1.json';

function finding(fields: Partial<Finding> = {}): Finding {
  return {
    code: 'truncated-json',
    severity: 'error',
    message: 'the text ends in the middle of a value',
    file: FILE,
    index: 1,
    event_id: 'e1',
    consequence: 'Reading it raises ValidationError.',
    ...fields,
  };
}

const of = (severity: Severity, fields: Partial<Finding> = {}) =>
  finding({
    severity,
    code: { error: 'empty-file', warning: 'linked-file', info: 'in-flight-write' }[severity],
    ...fields,
  });

function verified(findings: Finding[], shownAs = 'runs/c1', id = 'c1'): Verified {
  const path = `/home/me/${shownAs}`;
  return { id, path, shownAs, events: 4, bytes: 400, reachable: 4, resumes: 'yes', findings };
}

function reportOf(conversations: Verified[], fields: Partial<VerifyReport> = {}): VerifyReport {
  const count = (severity: Severity) =>
    conversations.flatMap(({ findings }) => findings).filter((f) => f.severity === severity).length;
  const totals = {
    conversations: conversations.length,
    events: 4 * conversations.length,
    bytes: 400 * conversations.length,
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
  };
  const ok = totals.errors === 0;
  return { ok, failures: 0, isStrict: false, conversations, totals, ...fields };
}

async function render(format: VerifyFormat, report: VerifyReport, isTerminal = false) {
  const style = await makeStyle({ color: false, isTerminal, columns: 80 });
  return [...(await verifyReporter(format))(report, style)].join('');
}

/** Everything that one of the formats, its reader or a terminal gives a meaning to. */
const HOSTILE =
  'a\nb\r\n::error file=x::y\u2028 ]]> </failure> <!-- & &lt; "\' % %0A , : \u001b[31m\u0007 \u202e \u0000 \ud800 \udc00 \ufffe \uffff 🙏 [x](https://example.com) {0} ##[add-mask]';
const hostileReport = reportOf([
  verified(
    [
      of('error', { message: HOSTILE, file: HOSTILE, event_id: HOSTILE, related: [HOSTILE] }),
      of('warning', { message: HOSTILE, file: null, event_id: null }),
      of('info', { message: 'y'.repeat(5_000_000) }),
      of('info', { message: '😀\ud800\n'.repeat(1_000_000) }),
    ],
    `./${HOSTILE}`,
    HOSTILE,
  ),
]);

/** Texts of any UTF-16 units, of which most can be wrong somewhere. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom('::', ']]>', '%0A', '\n', '\r', '<', '&', '"', ',', ':', '../', '/', '['),
    ),
  )
  .map((parts) => parts.join(''));
const anyReport = fc
  .array(
    fc.record({
      shownAs: anyText.filter((text) => text !== ''),
      id: anyText,
      findings: fc.array(
        fc.record({ message: anyText, file: anyText, severity: fc.constantFrom('error', 'info') }),
      ),
    }),
    { minLength: 1 },
  )
  .map((list) =>
    reportOf(
      list.map(({ shownAs, id, findings }) =>
        verified(
          findings.map(({ severity, ...fields }) => of(severity as Severity, fields)),
          shownAs,
          id,
        ),
      ),
    ),
  );

describe.each(NEW_FORMATS)('%s', (format) => {
  const read = { junit: parseJunit, sarif: parseSarif, github: parseGithub }[format];

  test('is well-formed whatever it quotes, and bounded', async () => {
    const text = await render(format, hostileReport);
    read(text);
    expect(text.length).toBeLessThan(100_000);
    await fc.assert(
      fc.asyncProperty(anyReport, async (report) => {
        read(await render(format, report));
      }),
    );
  });

  test('lets nothing act on a terminal', async () => {
    const text = (await render(format, hostileReport, true)).replaceAll('\n', '');
    expect(text).toBe(visible(text));
  });

  test('the same twice', async () => {
    expect(await render(format, hostileReport)).toBe(await render(format, hostileReport));
  });
});

interface Xml {
  name: string;
  attributes: Record<string, string>;
  children: Xml[];
  text: string;
}

/** Strictly: saxes throws at anything that XML 1.0 does not allow. */
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
  testsuites: ['tests', 'failures', 'errors'],
  testsuite: ['name', 'tests', 'failures', 'errors', 'skipped'],
  testcase: ['classname', 'name'],
  failure: ['message', 'type'],
  error: ['message', 'type'],
  'system-out': [],
};

/** The suite, its counts compared with what is in it, and every element where readers expect it. */
function parseJunit(source: string): Xml {
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
  expect(suite.attributes).toEqual({ name: 'convoscope verify', ...counts, skipped: '0' });
  for (const testcase of suite.children) {
    expect(testcase.name).toBe('testcase');
    expect(testcase.children.map(({ name }) => name).join(' ')).toMatch(
      /^(failure|error)? ?(system-out)?$/,
    );
    for (const element of [suites, suite, testcase, ...testcase.children]) {
      expect(Object.keys(element.attributes)).toEqual(ATTRIBUTES[element.name]);
    }
  }
  return suite;
}

describe('junit: a case a conversation', () => {
  const casesOf = (suite: Xml) =>
    suite.children.map(({ attributes, children }) => [
      attributes.classname,
      attributes.name,
      ...children.map(({ name, attributes: { message }, text }) => [name, message, text]),
    ]);
  const mixed = [
    verified([], 'c0'),
    verified([
      of('error', { line: 1, column: 101, related: ['events/other.json'] }),
      of('warning', { file: null }),
      of('info'),
    ]),
    verified([of('warning')], '/srv/runs/c2'),
  ];
  const [error, warning, info] = [
    `error empty-file ${FILE}:1:101\n  the text ends in the middle of a value (and events/other.json)\n  → Reading it raises ValidationError.`,
    'warning linked-file \n  the text ends in the middle of a value\n  → Reading it raises ValidationError.',
    `info in-flight-write ${FILE}\n  the text ends in the middle of a value\n  → Reading it raises ValidationError.`,
  ];
  const named = warning.replace('linked-file ', `linked-file ${FILE}`);

  test('errors fail it', async () => {
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

  test('and warnings where they fail the run', async () => {
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

  test('what could not be verified is an error of its own', async () => {
    const suite = parseJunit(await render('junit', reportOf([verified([])], { failures: 2 })));
    expect(casesOf(suite)[1]).toEqual([
      'convoscope',
      'could be verified',
      ['error', 'could not verify 2 more', ''],
    ]);
  });

  test('markup is escaped, not left out', async () => {
    const report = reportOf([
      verified([of('error', { message: 'a <b> & "c" ]]> \uffff' })], 'x"<'),
    ]);
    const suite = parseJunit(await render('junit', report));
    expect(suite.children[0]?.attributes.name).toBe('x"<');
    expect(suite.children[0]?.children[0]?.text).toContain('  a <b> & "c" ]]> \\uffff\n');
  });

  test('a text stays below the 10 MB that libxml2 takes', async () => {
    // The longest text of a width: marks that take no column.
    const message = `a${'\u0301'.repeat(30)}`.repeat(500);
    const many = Array.from({ length: 2000 }, () => of('error', { message }));
    const suite = parseJunit(await render('junit', reportOf([verified(many)])));
    const [failure] = suite.children[0]!.children;
    expect(failure?.attributes.message).toBe('2000: empty-file');
    expect(failure?.text).toMatch(/\nand 1500 more$/);
    expect(Buffer.byteLength(failure!.text)).toBeLessThan(10_000_000);
  });
});

interface Sarif {
  runs: [
    {
      tool: { driver: { rules: { id: string; fullDescription: { text: string } }[] } };
      invocations: [
        {
          executionSuccessful: boolean;
          toolExecutionNotifications: { level: string; message: { text: string } }[];
        },
      ];
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        message: { text: string };
        locations: [Location];
        relatedLocations?: Location[];
        partialFingerprints: Record<string, string>;
      }[];
    },
  ];
}

interface Location {
  physicalLocation: { artifactLocation: { uri: string }; region?: object };
}

const require = createRequire(import.meta.url);
const ajv = new Ajv({ schemaId: 'id', meta: false, format: 'full' });
ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));
const isSarif = ajv.compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));

function parseSarif(source: string): Sarif['runs'][0] {
  const document = JSON.parse(source) as Sarif;
  isSarif(document);
  expect(isSarif.errors ?? []).toEqual([]);
  return document.runs[0];
}

describe('sarif', () => {
  const resultsOf = async (conversations: Verified[]) =>
    parseSarif(await render('sarif', reportOf(conversations))).results;
  const urisOf = async (shownAs: string, file: string | null) => {
    const results = await resultsOf([verified([of('error', { file })], shownAs)]);
    return results[0]?.locations[0].physicalLocation.artifactLocation.uri;
  };

  test('the schema does find what is wrong', async () => {
    const document = JSON.parse(await render('sarif', reportOf([verified([of('error')])])));
    expect(isSarif(document)).toBe(true);
    document.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri = 'a b';
    expect(isSarif(document)).toBe(false);
  });

  test('nothing found', async () => {
    const run = parseSarif(await render('sarif', reportOf([verified([])])));
    expect(run.results).toEqual([]);
    expect(run.invocations).toEqual([
      { executionSuccessful: true, toolExecutionNotifications: [] },
    ]);
  });

  test('every rule, within the lengths that GitHub takes', async () => {
    const { rules } = parseSarif(await render('sarif', reportOf([]))).tool.driver;
    expect(rules.map(({ id }) => id)).toEqual(RULES.map(({ code }) => code));
    for (const { fullDescription } of rules) expect(fullDescription.text.length).toBeLessThan(1024);
  });

  test('a result says what, where and how bad, and is known again', async () => {
    const here = { message: 'half of it', line: 1, column: 101, offset: 104 };
    const found = of('error', { ...here, related: ['events/a b.json'] });
    const [result] = await resultsOf([verified([of('info'), found])]);
    expect(result).toEqual({
      ruleId: 'empty-file',
      ruleIndex: RULES.findIndex(({ code }) => code === 'empty-file'),
      level: 'error',
      message: { text: 'half of it' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: `runs/c1/${FILE}` },
            region: { startLine: 1, startColumn: 101, byteOffset: 104 },
          },
        },
      ],
      relatedLocations: [
        { physicalLocation: { artifactLocation: { uri: 'runs/c1/events/a%20b.json' } } },
      ],
      partialFingerprints: { 'finding/v1': `empty-file:c1:${FILE}:e1:1` },
      properties: { consequence: 'Reading it raises ValidationError.' },
    });
  });

  test('levels, and no region where no place is known', async () => {
    const results = await resultsOf([verified([of('info'), of('warning'), of('error')])]);
    expect(results.map(({ level }) => level)).toEqual(['error', 'warning', 'note']);
    expect(results[0]?.locations[0].physicalLocation).not.toHaveProperty('region');
  });

  test('fingerprints tell findings apart, and keep from machine to machine', async () => {
    const findings = [of('error'), of('error', { message: 'other' }), of('error', { file: null })];
    const prints = async (shownAs: string) =>
      (await resultsOf([verified(findings, shownAs), verified(findings, 'runs/c2', 'c2')])).map(
        ({ partialFingerprints }) => partialFingerprints['finding/v1'],
      );
    const here = await prints('runs/c1');
    expect(new Set(here).size).toBe(6);
    expect(await prints('/elsewhere/c1')).toEqual(here);
  });

  test.each([
    ['runs/c1', FILE, `runs/c1/${FILE}`],
    ['./runs/c1', 'base_state.json', 'runs/c1/base_state.json'],
    ['../c1', null, '../c1'],
    ['.', FILE, FILE],
    ['/srv/ü/c1', FILE, `file:///srv/%C3%BC/c1/${FILE}`],
    ['a:b/c?d#e', '100%.json', 'a%3Ab/c%3Fd%23e/100%25.json'],
    ['c1', 'events/\ud800.json', 'c1/events/%EF%BF%BD.json'],
  ])('the URI of %s, %s is %s', async (shownAs, file, uri) => {
    expect(await urisOf(shownAs, file)).toBe(uri);
  });

  test('a message can hold no link', async () => {
    const message = 'see [here](https://example.com)';
    const [result] = await resultsOf([verified([of('error', { message })])]);
    expect(result?.message.text).toBe('see [here] (https://example.com)');
  });

  test('more than GitHub takes is cut, worst first, and told', async () => {
    // Text that gzip can do little about.
    let seed = 1;
    const noise = () => {
      seed = (seed * 48271) % 0x7fffffff;
      return String.fromCharCode(33 + (seed % 94));
    };
    const message = () => Array.from({ length: 400 }, noise).join('');
    const many = (severity: Severity, length: number) =>
      Array.from({ length }, () => of(severity, { message: message() }));
    const conversations = [
      verified([...many('error', 10), ...many('info', 20_000)]),
      verified([...many('error', 10), ...many('info', 20_000)], 'runs/c2', 'c2'),
    ];
    const report = reportOf(conversations, { failures: 3 });
    const text = await render('sarif', report);
    expect(gzipSync(text).length).toBeLessThan(10_000_000);
    const { results, invocations } = parseSarif(text);
    expect(results.length).toBe(25_000);
    expect(results.findIndex(({ level }) => level === 'note')).toBe(20);
    expect(invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          { level: 'error', message: { text: 'could not verify 3 more' } },
          {
            level: 'warning',
            message: { text: '15020 more findings, none of them worse, are left out' },
          },
        ],
      },
    ]);
  });

  test('related locations too', async () => {
    const related = Array.from({ length: 1001 }, (_, at) => `events/${at}`);
    const [result] = await resultsOf([verified([of('error', { related })])]);
    expect(result?.relatedLocations?.length).toBe(100);
  });
});

interface Annotation {
  command: string;
  properties: Record<string, string>;
  data: string;
}

/** As the runner reads: lines, of which those with a command are told from the rest. */
function parseGithub(source: string): { annotations: Annotation[]; rest: string[] } {
  const restored = (text: string) =>
    text
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%');
  const annotations: Annotation[] = [];
  const rest: string[] = [];
  for (const line of source.split(/\r\n|\r|\n/).slice(0, -1)) {
    const end = line.indexOf('::', 2);
    if (!line.trimStart().startsWith('::') || end < 0) {
      rest.push(line);
      continue;
    }
    const [, command = '', properties = ''] = /^::(\S+) (.*)$/.exec(line.slice(0, end)) ?? [];
    const pairs = properties.split(',').map((pair) => {
      const [key = '', ...value] = pair.split('=');
      return [key, restored(value.join('='))];
    });
    annotations.push({
      command,
      properties: Object.fromEntries(pairs),
      data: restored(line.slice(end + 2)),
    });
  }
  for (const { command, properties } of annotations) {
    expect(['error', 'warning', 'notice']).toContain(command);
    expect(Object.keys(properties).join(' ')).toMatch(/^file( line( col)?)? title$/);
  }
  expect(annotations.length).toBeLessThanOrEqual(10);
  expect(rest.at(-1)).toMatch(/^\d+ conversations?, \d+ events?: /);
  expect(rest.length).toBeLessThanOrEqual(2);
  expect(rest.join()).not.toContain('##[');
  return { annotations, rest };
}

describe('github', () => {
  test('a command a finding, worst first', async () => {
    const report = reportOf([
      verified([of('info', { file: null })]),
      verified([of('error', { line: 1, column: 101, related: ['events/a'] }), of('warning')], 'c2'),
    ]);
    expect(await render('github', report)).toBe(`\
::error file=c2/${FILE},line=1,col=101,title=empty-file::the text ends in the middle of a value (and events/a)%0A→ Reading it raises ValidationError.
::warning file=c2/${FILE},title=linked-file::the text ends in the middle of a value%0A→ Reading it raises ValidationError.
::notice file=runs/c1,title=in-flight-write::the text ends in the middle of a value%0A→ Reading it raises ValidationError.
2 conversations, 8 events: 1 error, 1 warning, 1 info
`);
  });

  test('what is escaped comes back', async () => {
    const message = '100%, a:b %0A ::error::';
    const report = reportOf([
      verified([of('error', { message, file: 'events/a,b:c=d %2C.json' })], '::x'),
    ]);
    expect(parseGithub(await render('github', report)).annotations).toEqual([
      {
        command: 'error',
        properties: { file: '::x/events/a,b:c=d %2C.json', title: 'empty-file' },
        data: `${message}\n→ Reading it raises ValidationError.`,
      },
    ]);
  });

  test.each([
    [10, []],
    [11, ['and 1 more finding']],
    [1000, ['and 990 more findings']],
  ])('of %d findings ten are annotated', async (length, rest) => {
    const infos = Array.from({ length: length - 1 }, () => of('info'));
    const report = reportOf([verified(infos), verified([of('error')], 'c2')]);
    const parsed = parseGithub(await render('github', report));
    expect(parsed.annotations.length).toBe(10);
    expect(parsed.annotations[0]?.command).toBe('error');
    expect(parsed.rest.slice(0, -1)).toEqual(rest);
  });

  test('nothing found, and what could not be verified', async () => {
    const report = reportOf([verified([])], { failures: 2 });
    const [text, github] = [await render('text', report), await render('github', report)];
    expect(github).toBe(text);
    expect(github).toBe('1 conversation, 4 events: no problems found; could not verify 2 more\n');
  });
});

describe('the command line', () => {
  const makeSpoiled = (root = temporaryFolder()) => {
    const path = makeConversation(4, '1'.repeat(32), join(root, 'conversations'));
    truncateSync(eventPath(path, 1), 0);
    writeFileSync(join(path, 'events', 'notes.txt'), '');
    return { root, path };
  };

  test('writes every format, of paths as they were given', async () => {
    const { root } = makeSpoiled();
    const verify = (...args: string[]) =>
      cli(['verify', 'conversations', '-o', ...args], { cwd: root });
    const junit = await verify('junit');
    expect([junit.code, junit.stderr]).toEqual([1, '']);
    expect(parseJunit(junit.stdout).children.map(({ attributes }) => attributes.name)).toEqual([
      `conversations/${'1'.repeat(32)}`,
    ]);
    const strict = await verify('junit', '--strict', '--ignore', 'empty-file');
    expect(strict.code).toBe(1);
    expect(parseJunit(strict.stdout).attributes.failures).toBe('1');
    const sarif = await verify('sarif');
    expect(sarif.code).toBe(1);
    for (const { locations } of parseSarif(sarif.stdout).results) {
      expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/^conversations\/1{32}\b/);
    }
    const github = await verify('github');
    expect(github.code).toBe(1);
    expect(parseGithub(github.stdout).annotations[0]?.command).toBe('error');
  });

  test('a folder name can do nothing to a terminal', async () => {
    const { root } = makeSpoiled(join(temporaryFolder(), 'a\u001b[31m\u202e'));
    for (const format of NEW_FORMATS) {
      const { output } = await terminal(['verify', root, '-o', format], 80, { NO_COLOR: '1' });
      expect(output.length).toBeGreaterThan(100);
      expect(output.replaceAll('\n', '')).toBe(visible(output.replaceAll('\n', '')));
    }
  });

  test('what docs/ci.md has CI run', async () => {
    const page = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8');
    const jobs = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, job]) => job as string);
    const commands = jobs.flatMap((job) => [...job.matchAll(/\bconvoscope (verify[^>\n]*)/g)]);
    expect([jobs.length, commands.length]).toEqual([2, 3]);
    const { root } = makeSpoiled();
    mkdirSync(join(root, 'empty'));
    for (const [, command] of commands) {
      const { code, stderr } = await cli((command as string).trim().split(' '), { cwd: root });
      expect([code, stderr]).toEqual([1, '']);
    }
  });
});
