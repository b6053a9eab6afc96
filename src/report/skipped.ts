import type { LostRange } from '../domain/knowledge/lost-events.ts';
import type { ReportContext } from './context.ts';

/** The list of events that can't be read, for JSON reports. */
export function skippedJson({ skipped, fileOf }: Pick<ReportContext, 'skipped' | 'fileOf'>): {
  file: string;
  index: number;
  code: string;
  message: string;
}[] {
  return skipped.map(({ slot, code, message }) => ({
    file: fileOf(slot),
    index: slot.index,
    code,
    message,
  }));
}

/** Lost events that something depends on, for JSON reports. */
export function lostRanges(
  ranges: readonly LostRange[],
): { from: number; to: number | null; kind: LostRange['kind'] }[] {
  return ranges.map(({ from, to, kind }) => ({ from, to: Number.isFinite(to) ? to : null, kind }));
}
