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
  test('one command per code in a conversation, most severe first, each of which makes sense alone', async () => {
    const report = reportOf([
      verifiedConversation([findingOf('info', { file: null, index: null })]),
      verifiedConversation(
        [
          findingOf('error', { line: 1, column: 101, related: ['events/a'] }),
          findingOf('warning', { index: 3 }),
          findingOf('warning', { index: 4 }),
          findingOf('warning', { index: 7, message: 'another message' }),
        ],
        'c2',
      ),
    ]);
    expect(await render('github', report)).toBe(`\
::error file=c2/${FILE},line=1,col=101,title=empty-file in c2::error empty-file: conversation c2, #1%0Athe text ends in the middle of a value (also events/a)%0A→ The SDK raises ValidationError.
::warning file=c2/${FILE},title=linked-file ×3 in c2::warning linked-file: conversation c2, #3–4, #7%0Athe text ends in the middle of a value%0Aanother message%0A→ The SDK raises ValidationError.
::notice file=runs/c1,title=in-flight-write in c1::info in-flight-write: conversation runs/c1%0Athe text ends in the middle of a value%0A→ The SDK raises ValidationError.
2 resume
2 conversations, 8 events: 1 error, 3 warnings, 1 info
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
        properties: { file: '::x/events/a,b:c=d %2C.json', title: 'empty-file in ::x' },
        data: `error empty-file: conversation ::x, #1\n${message}\n→ The SDK raises ValidationError.`,
      },
    ]);
  });

  test.each([
    [10, []],
    [11, ['and 2 more findings']],
    [1000, ['and 1,980 more findings']],
  ])(
    'at most ten annotations, and the rest of the findings is counted: %d conversations',
    async (length, rest) => {
      const infos = Array.from({ length: length - 1 }, (_, at) =>
        verifiedConversation([findingOf('info'), findingOf('info')], `c${at}`),
      );
      const report = reportOf([...infos, verifiedConversation([findingOf('error')], 'worst')]);
      const parsed = parseGithub(await render('github', report));
      expect(parsed.annotations.length).toBe(10);
      expect(parsed.annotations[0]?.command).toBe('error');
      expect(parsed.rest.slice(0, -2)).toEqual(rest);
    },
  );

  test('a run without findings, and paths that could not be verified', async () => {
    const report = reportOf([verifiedConversation([])], { failures: 2 });
    const [text, github] = [await render('text', report), await render('github', report)];
    expect(github).toBe(text);
    expect(github).toBe('1 conversation, 4 events: no problems found; could not verify 2 more\n');
  });
});
