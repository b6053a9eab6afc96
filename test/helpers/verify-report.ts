import { render as renderReport } from '../../src/report/output-formats.ts';
import { makeStyle } from '../../src/report/text/style.ts';
import { VERIFY_FORMATS, type VerifyFormat } from '../../src/report/verify/formats.ts';
import { makeReport, type ReportOptions } from '../../src/report/verify/report.ts';
import type { VerifyReport } from '../../src/report/verify/types.ts';
import type { Severity } from '../../src/verification/rule.ts';
import type { VerifiedConversation } from '../../src/verification/verified-conversation.ts';
import type { Finding } from '../../src/verification/verify.ts';

/** The event file of findings made here. */
export const FILE = 'events/event-00001-e1.json';

function finding(fields: Partial<Finding> = {}): Finding {
  return {
    code: 'truncated-json',
    severity: 'error',
    message: 'the text ends in the middle of a value',
    file: FILE,
    index: 1,
    event_id: 'e1',
    consequence: 'The SDK raises ValidationError.',
    ...fields,
  };
}

/** A finding of a severity, with a code that has this severity by default. */
export const findingOf = (severity: Severity, fields: Partial<Finding> = {}) =>
  finding({
    severity,
    code: { error: 'empty-file', warning: 'linked-file', info: 'in-flight-write' }[severity],
    ...fields,
  });

/** A conversation of four events with these findings. */
export function verifiedConversation(
  findings: Finding[],
  shownAs = 'runs/c1',
  id = 'c1',
): VerifiedConversation {
  const path = `/home/me/${shownAs}`;
  const read = { events: 4, unreadable: 0, bytes: 400, reachable: 4, durationMs: 1500 };
  return { id, path, shownAs, ...read, sdk: '1.58.2', resumes: 'yes', findings };
}

/** A report on conversations, with the right totals. */
export function reportOf(
  conversations: VerifiedConversation[],
  options: Partial<ReportOptions> = {},
): VerifyReport {
  return makeReport(conversations, {
    failOn: 'error',
    minSeverity: 'info',
    failures: 0,
    durationMs: 2500,
    ...options,
  });
}

/** The report as text, as if printed to a pipe or to a terminal. */
export async function render(format: VerifyFormat, report: VerifyReport, isTerminal = false) {
  const style = await makeStyle({ color: false, isTerminal, columns: 80 });
  let text = '';
  for await (const piece of renderReport(VERIFY_FORMATS, format, report, style)) text += piece;
  return text;
}
