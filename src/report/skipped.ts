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
