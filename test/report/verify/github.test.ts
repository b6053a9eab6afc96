import { describe, expect, test } from 'vitest';
import { parseGithub } from '../../helpers/parse-github.ts';
import {
  FILE,
  findingOf,
  render,
  reportOf,
  verifiedConversation,
} from '../../helpers/verify-report.ts';

describe('github', () => {
  test('one command per finding, most severe first', async () => {
    const report = reportOf([
      verifiedConversation([findingOf('info', { file: null })]),
      verifiedConversation(
        [findingOf('error', { line: 1, column: 101, related: ['events/a'] }), findingOf('warning')],
        'c2',
      ),
    ]);
    expect(await render('github', report)).toBe(`\
::error file=c2/${FILE},line=1,col=101,title=empty-file::the text ends in the middle of a value (other files: events/a)%0A→ The SDK raises ValidationError.
::warning file=c2/${FILE},title=linked-file::the text ends in the middle of a value%0A→ The SDK raises ValidationError.
::notice file=runs/c1,title=in-flight-write::the text ends in the middle of a value%0A→ The SDK raises ValidationError.
2 conversations, 8 events: 1 error, 1 warning, 1 info
`);
  });

  test('escaped text is decoded to the original', async () => {
    const message = '100%, a:b %0A ::error::';
    const report = reportOf([
      verifiedConversation(
        [findingOf('error', { message, file: 'events/a,b:c=d %2C.json' })],
        '::x',
      ),
    ]);
    expect(parseGithub(await render('github', report)).annotations).toEqual([
      {
        command: 'error',
        properties: { file: '::x/events/a,b:c=d %2C.json', title: 'empty-file' },
        data: `${message}\n→ The SDK raises ValidationError.`,
      },
    ]);
  });

  test.each([
    [10, []],
    [11, ['and 1 more finding']],
    [1000, ['and 990 more findings']],
  ])('at most ten of %d findings are annotated', async (length, rest) => {
    const infos = Array.from({ length: length - 1 }, () => findingOf('info'));
    const report = reportOf([
      verifiedConversation(infos),
      verifiedConversation([findingOf('error')], 'c2'),
    ]);
    const parsed = parseGithub(await render('github', report));
    expect(parsed.annotations.length).toBe(10);
    expect(parsed.annotations[0]?.command).toBe('error');
    expect(parsed.rest.slice(0, -1)).toEqual(rest);
  });

  test('a run without findings, and paths that could not be verified', async () => {
    const report = reportOf([verifiedConversation([])], { failures: 2 });
    const [text, github] = [await render('text', report), await render('github', report)];
    expect(github).toBe(text);
    expect(github).toBe('1 conversation, 4 events: no problems found; could not verify 2 more\n');
  });
});
