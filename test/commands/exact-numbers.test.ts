import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { eventPath, makeConversation } from '../helpers/conversation.ts';
import { action, answer, calls } from '../helpers/views.ts';

/** A conversation whose calls each have one number, written with exactly these digits. */
function withNumbers(...digits: string[]): string {
  const path = makeConversation(
    digits.flatMap((_, at) => [
      { ...action(2 * at, ''), action: { kind: 'MCPToolAction', n: 'N', data: { tenant: 'N' } } },
      answer(2 * at + 1, 'ok'),
    ]),
  );
  for (const [at, number] of digits.entries()) {
    const file = eventPath(path, 2 * at);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"N"', number));
  }
  return path;
}

const count = async (path: string, where: string) =>
  (await cli(['count', path, '-w', where])).stdout.trim();

describe.each([
  ['922337203685506505', '922337203685506506'],
  ['9007199254740993', '9007199254740992'],
  ['123456789012345678901234567890', '123456789012345678901234567891'],
  ['1e400', '1e401'],
  ['0.1000000000000000055', '0.1'],
  ['-1e-400', '0'],
])('%s and %s', (a, b) => {
  test('are two numbers to --where', async () => {
    const path = withNumbers(a, b);
    expect(await count(path, `action.data.tenant=${a}`)).toBe('1');
    expect(await count(path, `action.data.tenant=${b}`)).toBe('1');
    expect(await count(path, `action.data.tenant!=${a}`)).toBe('1');
    const [above, below] = [`action.data.tenant>${b}`, `action.data.tenant<${b}`];
    expect([await count(path, above), await count(path, below)].sort()).toEqual(['0', '1']);
  });

  test('are two calls', async () => {
    const items = await calls(withNumbers(a, b, a));
    expect(items.map(({ loop }) => loop)).toEqual([null, null, null]);
  });
});

test.each(['922337203685506505', '1e400', '-0', '1.0', '1.50', '1E5', '12345678901234567890.123'])(
  '%s is shown with the digits that are stored',
  async (digits) => {
    const path = withNumbers(digits);
    const expected = `"tenant": ${digits}\n`;
    expect((await cli(['show', path, '0'])).stdout).toContain(expected);
    expect((await cli(['search', path])).stdout).toContain(`n=${digits}`);
    expect((await cli(['search', path, '-o', 'table', '--fields', 'action.n'])).stdout).toContain(
      digits,
    );
    for (const format of ['md', 'html']) {
      const { stdout } = await cli(['export', path, '--format', format]);
      expect(stdout.replaceAll('&quot;', '"')).toContain(expected);
    }
    for (const redact of [[], ['--redact']]) {
      const { stdout } = await cli(['export', path, '--format', 'ndjson', ...redact]);
      expect(stdout).toContain(`"tenant":${digits}}`);
    }
    expect(await count(path, `action.data.tenant~^${digits.replaceAll(/[.+]/g, '\\$&')}$`)).toBe(
      '1',
    );
  },
);

test('equal numbers are equal however they are written', async () => {
  const path = withNumbers('1', '1.0', '1e0', '10e-1');
  expect(await count(path, 'action.data.tenant=1')).toBe('4');
  expect(await count(path, 'action.data.tenant=1.00')).toBe('4');
  expect(await count(path, 'action.data.tenant=one')).toBe('0');
  expect(await count(path, 'action.data.tenant!=one')).toBe('4');
});
