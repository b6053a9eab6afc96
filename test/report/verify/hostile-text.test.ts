import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safeText } from '../../../src/report/text/terminal-safe.ts';
import type { Severity } from '../../../src/verification/rule.ts';
import { parseGithub } from '../../helpers/parse-github.ts';
import { parseJunit } from '../../helpers/parse-junit.ts';
import { parseMarkdown } from '../../helpers/parse-markdown.ts';
import { parseSarif } from '../../helpers/parse-sarif.ts';
import { isExhaustive, runs } from '../../helpers/sweep.ts';
import { findingOf, render, reportOf, verifiedConversation } from '../../helpers/verify-report.ts';

/** Far more than any format shows. */
const MANY = isExhaustive ? 1_000_000 : 100_000;

const CI_FORMATS = ['junit', 'sarif', 'github', 'markdown'] as const;

/** Everything that has a meaning to one of the formats, to its reader or to a terminal. */
const HOSTILE =
  'a\nb\r\n::error file=x::y\u2028 ]]> </failure> <!-- & &lt; "\' % %0A , : \u001b[31m\u0007 \u202e \u0000 \ud800 \udc00 \ufffe \uffff 🙏 [x](https://example.com) {0} ##[add-mask]';
const hostileReport = reportOf([
  verifiedConversation(
    [
      findingOf('error', {
        message: HOSTILE,
        file: HOSTILE,
        event_id: HOSTILE,
        related: [HOSTILE],
      }),
      findingOf('warning', { message: HOSTILE, file: null, event_id: null }),
      findingOf('info', { message: 'y'.repeat(5 * MANY) }),
      findingOf('info', { message: '😀\ud800\n'.repeat(MANY) }),
    ],
    `./${HOSTILE}`,
    HOSTILE,
  ),
]);

/** Texts of any UTF-16 code units, most of them special in one of the formats. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom('::', ']]>', '%0A', '\n', '\r', '<', '&', '"', ',', ':', '../', '/', '['),
    ),
  )
  .map((parts) => parts.join(''));
const anyReport = fc
  .array(
    fc.record({
      shownAs: anyText.filter((text) => text !== ''),
      id: anyText,
      findings: fc.array(
        fc.record({ message: anyText, file: anyText, severity: fc.constantFrom('error', 'info') }),
      ),
    }),
    { minLength: 1 },
  )
  .map((list) =>
    reportOf(
      list.map(({ shownAs, id, findings }) =>
        verifiedConversation(
          findings.map(({ severity, ...fields }) => findingOf(severity as Severity, fields)),
          shownAs,
          id,
        ),
      ),
    ),
  );

describe.each(CI_FORMATS)('%s', (format) => {
  const read = {
    junit: parseJunit,
    sarif: parseSarif,
    github: parseGithub,
    markdown: parseMarkdown,
  }[format];

  test('is well-formed for any text, and limited in size', async () => {
    const text = await render(format, hostileReport);
    read(text);
    expect(text.length).toBeLessThan(100_000);
    await fc.assert(
      fc.asyncProperty(anyReport, async (report) => {
        read(await render(format, report));
      }),
      runs(100, 30),
    );
  });

  test('contains nothing that acts on a terminal', async () => {
    const text = (await render(format, hostileReport, true)).replaceAll('\n', '');
    expect(text).toBe(safeText(text));
  });

  test('is the same twice', async () => {
    expect(await render(format, hostileReport)).toBe(await render(format, hostileReport));
  });
});
