import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, ROOT } from './helpers/cli.ts';

/** Real conversations, where the workplace has them; a fresh clone stands without. */
const RECORDED = join(ROOT, '../shared/recorded');
const folders = existsSync(RECORDED)
  ? readdirSync(RECORDED, { withFileTypes: true })
      .filter((group) => group.isDirectory())
      .flatMap(({ name }) => readdirSync(join(RECORDED, name)).map((id) => join(name, id)))
  : [];

/** Folders that kept their last events alone, as their README says. */
const LOST = [
  '16caf190d1a9431fb2ea0f5d21d95d71',
  '36d431cbcfa34956980aebda5205e497',
  'fbff03f300364c3d98c1e2baf7f3002f',
];

describe.skipIf(folders.length === 0)('recorded conversations', () => {
  test.each(folders)('%s is answered by every command', async (folder) => {
    const path = join(RECORDED, folder);
    const all = JSON.parse((await cli(['count', path, '--json'])).stdout).count;
    for (const format of ['text', 'table', 'json', 'ndjson', 'paths']) {
      const { code, stderr, stdout } = await cli(['search', path, '-o', format]);
      expect([code, stderr]).toEqual([all > 0 ? 0 : 1, '']);
      if (format === 'ndjson') expect(stdout.split('\n')).toHaveLength(all + 1);
    }
    expect(await cli(['tail', path, '--errors'])).toMatchObject({ code: 0, stderr: '' });
    const { code, stdout } = await cli(['verify', path, '--json']);
    const [{ findings }] = JSON.parse(stdout).conversations;
    const isLost = LOST.some((id) => folder.endsWith(id));
    expect(findings.map((finding: { code: string }) => finding.code)).toEqual(
      isLost ? ['index-gap'] : [],
    );
    expect(code).toBe(isLost ? 1 : 0);
  });
});
