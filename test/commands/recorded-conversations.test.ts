import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { hasRecorded, RECORDED } from '../helpers/screens.ts';
import { sample } from '../helpers/sweep.ts';

/** Real conversations, which lie beside some clones; without them, these tests are skipped. */
const folders = hasRecorded
  ? readdirSync(RECORDED, { withFileTypes: true })
      .filter((group) => group.isDirectory())
      .flatMap(({ name }) => readdirSync(join(RECORDED, name)).map((id) => join(name, id)))
  : [];

/** Folders that lost events, as their README says: their first ones, or those before an excerpt. */
const LOST: Record<string, string[]> = {
  '16caf190d1a9431fb2ea0f5d21d95d71': ['index-gap'],
  '36d431cbcfa34956980aebda5205e497': ['index-gap'],
  fbff03f300364c3d98c1e2baf7f3002f: ['index-gap'],
  'ea6492a1791144f4ae38e227a64b0e99__tail16_idx-synthetic': ['missing-parent'],
};

const VERDICTS = new Set(['not-resumable', 'other-sdk-version']);

describe.skipIf(folders.length === 0)('recorded conversations', () => {
  test.each(sample(folders, 8))('search, tail and verify can read %s', async (folder) => {
    const path = join(RECORDED, folder);
    const all = JSON.parse((await cli(['count', path, '--json'])).stdout).count;
    for (const format of ['text', 'table', 'json', 'ndjson', 'paths']) {
      const { code, stderr, stdout } = await cli(['search', path, '-o', format]);
      const note = all > 0 ? '' : 'convoscope: no events: there are none\n';
      expect([code, stderr]).toEqual([all > 0 ? 0 : 1, note]);
      if (format === 'ndjson') expect(stdout.split('\n')).toHaveLength(all + 1);
    }
    expect(await cli(['tail', path, '--errors', '-q'])).toMatchObject({ code: 0, stderr: '' });
    const { code, stdout } = await cli(['verify', path, '--json']);
    const [{ findings, resumes }] = JSON.parse(stdout).conversations;
    const errors = (findings as { code: string; severity: string }[])
      .filter(({ severity }) => severity === 'error')
      .map((finding) => finding.code);
    const isVerdict = (error: string) => VERDICTS.has(error);
    expect(errors.filter((error) => !isVerdict(error))).toEqual(LOST[basename(folder)] ?? []);
    // Nothing is damaged in the others. What the newest SDK does not resume has an error all the same.
    if (errors.some(isVerdict)) expect(resumes).toBe('no');
    if (resumes === 'no') expect(errors).not.toEqual([]);
    expect(code).toBe(errors.length > 0 ? 1 : 0);
  });

  const groups = [...new Set(folders.map((folder) => dirname(folder)))];
  test.each(groups)('%s is listed', async (name) => {
    const { code, stdout } = await cli(['ls', join(RECORDED, name)]);
    expect([code, stdout.split('\n').length]).toEqual([
      0,
      readdirSync(join(RECORDED, name)).length + 3,
    ]);
  });
});
