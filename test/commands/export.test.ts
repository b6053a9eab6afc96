import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { makeConversation, messageEvent, writeState } from '../helpers/conversation.ts';
import { markdown, titled } from '../helpers/markdown.ts';
import { fixture } from '../helpers/views.ts';

const DAYS = fixture('1.58.2/days');
const TEXT = fixture('1.58.2/text');

describe('the events of an export', () => {
  test('are chosen by filters and --branch', async () => {
    expect(titled(await markdown(DAYS, '--errors'))).toHaveLength(8);
    expect(titled(await markdown(fixture('1.58.2/tree'), '--branch', 'active'))).toEqual([
      0, 1, 2, 5,
    ]);
  });

  test('an unknown kind or tool is reported', async () => {
    const { code, stderr } = await cli(['export', DAYS, '-k', 'acton', '--tool', 'termnal']);
    expect(code).toBe(0);
    expect(stderr).toContain('did you mean action?');
    expect(stderr).toContain(
      'found no event of tool termnal (did you mean terminal?); tools found: terminal',
    );
    expect(stderr).toContain('no event passes the filters');
  });

  test('are byte for byte the same as ndjson', async () => {
    const { stdout } = await cli(['export', TEXT, '--format', 'ndjson']);
    const files = readdirSync(join(TEXT, 'events')).filter((name) => name.startsWith('event-'));
    const texts = files.sort().map((name) => readFileSync(join(TEXT, 'events', name), 'utf8'));
    expect(stdout.split('\n').slice(0, -1)).toEqual(texts);
  });
});

describe('--redact', () => {
  test.each(['md', 'ndjson', 'html'])(
    'replaces and counts secrets anywhere in %s',
    async (format) => {
      const secret = `ghp_${'a1B2'.repeat(9)}`;
      const bare = `s3cr3t${'Zx9'.repeat(6)}`;
      const path = makeConversation([
        messageEvent(0, `the output was ${bare} and ${secret}`),
        messageEvent(1, `export DB_PASSWORD=${bare}`),
      ]);
      const metrics = { [secret]: { model_name: secret } };
      writeState(path, { execution_status: secret, stats: { usage_to_metrics: metrics } });
      writeFileSync(join(path, 'meta.json'), JSON.stringify({ title: `use ${secret}` }));
      const { stdout, stderr } = await cli(['export', path, '--format', format, '--redact']);
      expect(stdout).not.toContain(secret);
      expect(stdout).not.toContain(bare);
      expect(stdout).toContain('[redacted:');
      expect(stderr).toMatch(/\d secrets replaced: /);
    },
  );

  test('reports that it replaced none', async () => {
    expect((await cli(['export', DAYS, '--redact'])).stderr).toBe(
      'convoscope: 0 secrets replaced\n',
    );
  });
});
