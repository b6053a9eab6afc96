import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { makeConversation, messageEvent } from '../helpers/conversation.ts';
import { idOf } from '../helpers/memory.ts';
import { action, answer, calls } from '../helpers/views.ts';

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

const output = (text: string) => makeConversation([action(0, 'make'), answer(1, text)]);
const count = async (path: string, ...args: string[]) =>
  (await cli(['count', path, ...args, '--no-cache'])).stdout.trim();
const exported = async (path: string, format: string) =>
  (await cli(['export', path, '--format', format])).stdout;

test.each([
  ['colours in a word', 'void de\u001b[01;31mfrob\u001b[mnicate(int x);', 'defrobnicate'],
  ['colours, C1', 'de\u009b31mfrob\u009bmnicate', 'defrobnicate'],
  ['a link', '\u001b]8;;https://x\u0007defrob\u001b]8;;\u0007nicate', 'defrobnicate'],
  ['overstriking', 'd\bde\befrobnicate', 'defrobnicate'],
  ['a rewritten line', 'xxxxxxxxxxxx\rdefrob\u001b[Knicate', 'defrobnicate'],
  ['composed text, decomposed question', 'see Résumé.pdf', 'Re\u0301sume\u0301'],
  ['decomposed text, composed question', 'see Re\u0301sume\u0301.pdf', 'Résumé'],
  ['Hangul', '\u1100\u1161', '가'],
  ['marks in another order', 'a\u0301\u0323', 'a\u0323\u0301'],
  ['a Kelvin sign', '300 \u212a', '300 K'],
  ['a compatibility ideograph', '\ufa9a', '漢'],
])('%s: search finds it, and every view shows it', async (_, text, question) => {
  const path = output(`before ${text} after`);
  const plain = question.normalize('NFC');
  for (const option of ['-t', '-e']) {
    for (const flags of [[], ['--case-sensitive']]) {
      expect(await count(path, option, question, ...flags)).toBe('1');
    }
  }
  expect(await count(path, '-w', `observation.content.text~${question}`)).toBe('1');
  for (const args of [['search'], ['tail'], ['search', '-o', 'table'], ['show', '1']]) {
    const [command = '', ...rest] = args;
    const shown = (await cli([command, path, ...rest])).stdout;
    expect(shown).toContain(plain);
    expect(shown).not.toMatch(/\\x1b|\\x9b|\\x08|\\x0d/);
  }
  for (const format of ['md', 'html']) {
    expect(await exported(path, format)).toContain(plain);
  }
  // What programs read stays as it is on disk.
  for (const args of [
    ['show', path, '1', '--raw'],
    ['search', path, '-o', 'ndjson'],
  ]) {
    const json = (await cli(args)).stdout.trim().split('\n').at(-1) as string;
    expect(JSON.parse(json).observation.content[0].text).toBe(`before ${text} after`);
  }
});

test('what a terminal would not have left is not found', async () => {
  const path = output('1%\r50%\r100%\r\nC:\\a.cs: error\r\n');
  expect(await count(path, '-t', '50%')).toBe('0');
  expect(await count(path, '-t', '100%\nC:\\a.cs: error\n')).toBe('1');
  const { stdout } = await cli(['show', path, '1']);
  expect(stdout).toContain('100%\nC:\\a.cs: error\n');
  expect(await count(output('a\u001b]0;hidden\u0007b'), '-t', 'hidden')).toBe('0');
});

test('calls that differ in colours alone are the same call with the same answer', async () => {
  const path = makeConversation(
    [1, 2, 3].flatMap((_, at) => [
      action(2 * at, 'make'),
      answer(2 * at + 1, at === 1 ? '\u001b[31mfailed\u001b[m' : 'failed'),
    ]),
  );
  const [call] = await calls(path);
  expect(call?.loop).toMatchObject({ times: 3, same_answers: true });
});

test.each([
  ['a field', { screenshot_data: PNG }],
  ['a data URL', { screenshot_data: `data:image/png;base64,${PNG}` }],
  ['an image block', { content: [{ type: 'image', data: PNG, mimeType: 'image/png' }] }],
  ['a text block', { content: [{ type: 'text', text: PNG }] }],
  ['an address', { content: [{ type: 'image', image_urls: [`data:image/png;base64,${PNG}`] }] }],
  ['a field in a field', { details: { list: [{ picture: PNG }] } }],
])('an image in %s is an image, and no text', async (_, fields) => {
  const observation = { kind: 'BrowserObservation', content: [], ...fields };
  const path = makeConversation([
    action(0, 'look'),
    { ...answer(1, ''), observation },
    messageEvent(2, `see ${PNG} here`),
  ]);
  expect(await count(path, '-t', 'iVBOR')).toBe('0');
  expect(await count(path, '-t', 'NSUhEUg')).toBe('0');
  for (const args of [
    ['show', path, '1'],
    ['show', path, '2'],
    ['search', path],
  ]) {
    const { stdout } = await cli(args);
    expect(stdout).not.toContain('iVBOR');
    if (args[0] === 'show') expect(stdout).toContain('image/png, 70 B');
  }
  const page = await exported(path, 'html');
  expect(page).toContain(`<img src="data:image/png;base64,${PNG}"`);
  expect(page.replaceAll(/src="data:[^"]*"/g, '')).not.toContain('iVBOR');
  expect(await exported(path, 'md')).not.toContain('iVBOR');
});

test('two screenshots are two answers, even of one size', async () => {
  const other = PNG.replace('Chw', 'ChX');
  const path = makeConversation(
    [PNG, other, PNG].flatMap((image, at) => [
      action(2 * at, 'look'),
      { ...answer(2 * at + 1, ''), observation: { kind: 'B', content: [], screenshot: image } },
    ]),
  );
  const [call] = await calls(path);
  expect(call?.loop).toMatchObject({ times: 3, same_answers: false });
});

test('a secret that colours split is replaced in what people read', async () => {
  const secret = ['ghp', '_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('');
  const path = output(`token ${secret.slice(0, 10)}\u001b[31m${secret.slice(10)}\u001b[m`);
  for (const format of ['html', 'md']) {
    const { stdout } = await cli(['export', path, '--format', format, '--redact']);
    expect(stdout).toContain('token ');
    expect(stdout).not.toContain(secret.slice(12));
  }
});

test('a title with control sequences is shown without them', async () => {
  const path = makeConversation([{ ...messageEvent(0, '\u001b[1mFix\u001b[m it'), id: idOf(0) }]);
  expect((await cli(['ls', '--root', dirname(path)])).stdout).toContain('Fix it');
});
