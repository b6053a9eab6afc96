import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Severity } from '../../../src/verification/rule.ts';
import { RULES } from '../../../src/verification/rules/index.ts';
import type { VerifiedConversation } from '../../../src/verification/verified-conversation.ts';
import { isSarif, parseSarif } from '../../helpers/parse-sarif.ts';
import {
  FILE,
  findingOf,
  render,
  reportOf,
  verifiedConversation,
} from '../../helpers/verify-report.ts';

describe('sarif', () => {
  const resultsOf = async (conversations: VerifiedConversation[]) =>
    parseSarif(await render('sarif', reportOf(conversations))).results;
  const urisOf = async (shownAs: string, file: string | null) => {
    const results = await resultsOf([
      verifiedConversation([findingOf('error', { file })], shownAs),
    ]);
    return results[0]?.locations[0].physicalLocation.artifactLocation.uri;
  };

  test('the schema finds an invalid document', async () => {
    const document = JSON.parse(
      await render('sarif', reportOf([verifiedConversation([findingOf('error')])])),
    );
    expect(isSarif(document)).toBe(true);
    document.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri = 'a b';
    expect(isSarif(document)).toBe(false);
  });

  test('a run without findings', async () => {
    const run = parseSarif(await render('sarif', reportOf([verifiedConversation([])])));
    expect(run.results).toEqual([]);
    expect(run.invocations).toEqual([
      { executionSuccessful: true, toolExecutionNotifications: [] },
    ]);
  });

  test('every rule is described within the limits of GitHub', async () => {
    const { rules, ...tool } = parseSarif(await render('sarif', reportOf([]))).tool.driver;
    expect(tool).toMatchObject({
      name: 'convoscope',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      informationUri: expect.stringMatching(/^https:/),
    });
    for (const { id, help, helpUri } of rules) {
      expect(help.text.length).toBeGreaterThan(20);
      expect(helpUri).toMatch(new RegExp(`^https://.*#${id}$`));
    }
    expect(rules.map(({ id }) => id)).toEqual(RULES.map(({ code }) => code));
    for (const { fullDescription } of rules) expect(fullDescription.text.length).toBeLessThan(1024);
  });

  test('a result has a rule, a level, a location and a fingerprint', async () => {
    const here = { message: 'half of it', line: 1, column: 101, offset: 104 };
    const found = findingOf('error', { ...here, related: ['events/a b.json'] });
    const [result] = await resultsOf([verifiedConversation([findingOf('info'), found])]);
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
      properties: { consequence: 'The SDK raises ValidationError.' },
    });
  });

  test('results have a level, and no region where the position is unknown', async () => {
    const results = await resultsOf([
      verifiedConversation([findingOf('info'), findingOf('warning'), findingOf('error')]),
    ]);
    expect(results.map(({ level }) => level)).toEqual(['error', 'warning', 'note']);
    expect(results[0]?.locations[0].physicalLocation).not.toHaveProperty('region');
  });

  test('fingerprints are unique, and the same on every machine', async () => {
    const findings = [
      findingOf('error'),
      findingOf('error', { message: 'other' }),
      findingOf('error', { file: null }),
    ];
    const prints = async (shownAs: string) =>
      (
        await resultsOf([
          verifiedConversation(findings, shownAs),
          verifiedConversation(findings, 'runs/c2', 'c2'),
        ])
      ).map(({ partialFingerprints }) => partialFingerprints['finding/v1']);
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

  test('a message cannot contain a link', async () => {
    const message = 'see [here](https://example.com)';
    const [result] = await resultsOf([verifiedConversation([findingOf('error', { message })])]);
    expect(result?.message.text).toBe('see [here] (https://example.com)');
  });

  test('results above the limit of GitHub are left out, least severe first, and counted', async () => {
    // Noise, which gzip can hardly compress.
    let seed = 1;
    const noise = () => {
      seed = (seed * 48271) % 0x7fffffff;
      return String.fromCharCode(33 + (seed % 94));
    };
    const message = () => Array.from({ length: 400 }, noise).join('');
    const many = (severity: Severity, length: number) =>
      Array.from({ length }, () => findingOf(severity, { message: message() }));
    const conversations = [
      verifiedConversation([...many('error', 10), ...many('info', 20_000)]),
      verifiedConversation([...many('error', 10), ...many('info', 20_000)], 'runs/c2', 'c2'),
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
            message: { text: '15020 more findings of the same or lower severity are left out' },
          },
        ],
      },
    ]);
  });

  test('related locations above the limit of GitHub are left out', async () => {
    const related = Array.from({ length: 1001 }, (_, at) => `events/${at}`);
    const [result] = await resultsOf([verifiedConversation([findingOf('error', { related })])]);
    expect(result?.relatedLocations?.length).toBe(100);
  });
});
