import { renderJson } from '../json.ts';
import type { Style } from '../text/style.ts';
import type { VerifyReport } from './types.ts';

/** Prints one JSON document. */
export function* verifyJson(report: VerifyReport, style: Style): Iterable<string> {
  const { ok, totals } = report;
  const conversations = report.conversations.map(({ shownAs, ...conversation }) => conversation);
  yield renderJson({ format_version: 1, ok, conversations, totals }, style);
}

/** Prints one finding per line, each with its conversation. */
export function* verifyNdjson({ conversations }: VerifyReport, style: Style): Iterable<string> {
  for (const { id, path, findings } of conversations) {
    for (const finding of findings)
      yield renderJson({ conversation: { id, path }, ...finding }, style);
  }
}
