import type { ReportContext } from './context.ts';

/** The events that can't be read, as JSON reports contain them. */
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
