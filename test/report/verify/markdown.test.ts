import { describe, expect, test } from 'vitest';
import { parseMarkdown } from '../../helpers/parse-markdown.ts';
import { findingOf, render, reportOf, verifiedConversation } from '../../helpers/verify-report.ts';

describe('markdown', () => {
  test('a page for the summary of a step', async () => {
    const report = reportOf([
      verifiedConversation([], 'c0'),
      verifiedConversation([
        findingOf('error', { related: [`events/event-00002-${'0'.repeat(8)}.json`] }),
        findingOf('warning', { index: 3 }),
        findingOf('warning', { index: 4 }),
      ]),
    ]);
    expect(await render('markdown', report)).toBe(`\
## ❌ convoscope verify

**1 error, 2 warnings, 0 infos** in 2 conversations, 8 events

2 resume

### Not fine

- ❌ \`runs/c1\`: \`resumes, but has problems: 1 error: empty-file at #1; 2 warnings: linked-file at #3–4\`

<details><summary><code>runs/c1</code>: 3 findings</summary>

- **error empty-file** at \`#1\`
  - \`the text ends in the middle of a value (also #2)\`
  - → The SDK raises ValidationError.
- **warning linked-file** at \`#3–4\`
  - \`the text ends in the middle of a value\`
  - → The SDK raises ValidationError.

</details>
`);
  });

  test('stays below the 1 MiB of a summary, whatever the texts and their number', async () => {
    const message = '\u{1f600}`'.repeat(1000);
    const many = Array.from({ length: 2000 }, (_, at) =>
      verifiedConversation(
        [findingOf('error', { message }), findingOf('warning', { message })],
        `${message}/${at}`,
      ),
    );
    const page = await render('markdown', reportOf(many));
    parseMarkdown(page);
    expect(Buffer.byteLength(page)).toBeLessThan(1024 * 1024);
  });
});
