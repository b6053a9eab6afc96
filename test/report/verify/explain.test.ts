import { describe, expect, test } from 'vitest';
import { explainPage } from '../../../src/report/verify/explain.ts';
import { RULES } from '../../../src/verification/rules/index.ts';
import { CODES } from '../../../src/verification/verify.ts';
import { runInProcess } from '../../helpers/in-process.ts';

describe('documentation', () => {
  test.each(CODES)('--explain %s', async (code) => {
    const { code: exit, stdout } = await runInProcess(['verify', '--explain', code]);
    expect(exit).toBe(0);
    const [head, , meaning, ...rest] = stdout.split('\n');
    expect(head).toMatch(new RegExp(`^${code} \\((error|warning|info) by default\\)$`));
    expect(meaning?.length).toBeGreaterThan(20);
    expect(rest.filter((line) => line.startsWith('  ') && line.length > 6)).toHaveLength(3);
  });

  test('an unknown code is refused', async () => {
    const { code, stderr } = await runInProcess(['verify', '--explain', 'bogus']);
    expect([code, stderr.split('\n').length]).toEqual([2, 2]);
  });

  test('docs/findings.md is generated from the rules (update it with vitest -u)', async () => {
    await expect(explainPage(RULES)).toMatchFileSnapshot('../../../docs/findings.md');
  });
});
