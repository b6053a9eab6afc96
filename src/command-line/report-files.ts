import { render } from '../report/output-formats.ts';
import { RunnerSafety } from '../report/text/safety/runner-safe.ts';
import { makeStyle } from '../report/text/style.ts';
import { VERIFY_FORMATS } from '../report/verify/formats.ts';
import type { VerifyReport } from '../report/verify/types.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import type { ReportFile } from './options/verify-options.ts';
import { outputTarget, writeOutputFile } from './output-file.ts';
import { UsageError } from './usage-error.ts';

const OPTION = '--report';

/** Checks that reports can be written, before the work for them is done. @throws UsageError */
export function checkReportFiles(
  reports: readonly ReportFile[],
  folders: readonly ConversationFolder[],
): void {
  const targets = new Set<string>();
  for (const { format, file } of reports) {
    const target = outputTarget(folders, file, OPTION);
    if (targets.has(target)) {
      throw new UsageError(`${OPTION} ${format}=${file}: another report is written to this file`);
    }
    targets.add(target);
  }
}

/** Writes reports to files. @throws UsageError as checkReportFiles */
export async function writeReportFiles(
  reports: readonly ReportFile[],
  folders: readonly ConversationFolder[],
  report: VerifyReport,
): Promise<void> {
  const style = await makeStyle({ color: false, isTerminal: false, columns: undefined });
  for (const { format, file } of reports) {
    const pieces = render(VERIFY_FORMATS, format, report, style);
    const content = format === 'github' ? annotationsOnly(pieces) : pieces;
    await writeOutputFile(folders, file, content, OPTION);
  }
}

/** A job can print the file of annotations. Nothing else in it may be a command to the runner that reads them. */
async function* annotationsOnly(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  const safety = new RunnerSafety();
  for await (const piece of pieces) yield safety.apply(piece, true);
}
