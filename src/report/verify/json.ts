import { coverageOf } from '../../domain/facts/coverage.ts';
import { coverageJson } from '../facts/coverage-json.ts';
import { renderJson } from '../json.ts';
import type { Style } from '../text/style.ts';
import type { Totals, VerifyReport } from './types.ts';

/** Prints one JSON document. It can be the baseline of a later run, so it keeps the findings that are known. */
export function* verifyJson(report: VerifyReport, style: Style): Iterable<string> {
  const { ok, totals, failures, baseline } = report;
  const conversations = report.conversations.map(
    ({ shownAs, durationMs, fails, isVerdictKnown, findings, known, ...conversation }) => ({
      ...conversation,
      coverage: eventCoverage(conversation),
      findings,
      ...(baseline && { known }),
    }),
  );
  const document = {
    conversations,
    failed: failures,
    totals: { ...totals, coverage: eventCoverage(totals) },
    ...(baseline && { baseline }),
  };
  yield renderJson({ format_version: 1, ok, ...document }, style);
}

const eventCoverage = ({ events, unreadable }: Pick<Totals, 'events' | 'unreadable'>) =>
  coverageJson(coverageOf('events', events - unreadable, events));

/** Prints one finding per line, each with its conversation. */
export function* verifyNdjson({ conversations }: VerifyReport, style: Style): Iterable<string> {
  for (const { id, path, findings } of conversations) {
    for (const finding of findings)
      yield renderJson({ conversation: { id, path }, ...finding }, style);
  }
}
