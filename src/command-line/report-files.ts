import { render } from '../report/output-formats.ts';
import { RunnerSafety } from '../report/text/safety/runner-safe.ts';
import { makeStyle } from '../report/text/style.ts';
import { VERIFY_FORMATS } from '../report/verify/formats.ts';
import type { VerifyReport } from '../report/verify/types.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import type { ReportFile } from './options/verify-options.ts';
import { writeOutputFile } from './output-file.ts';
import { type NamedFile, outputTarget } from './output-target.ts';
import { UsageError } from './usage-error.ts';

function fileOf({ format, file }: ReportFile): NamedFile {
  return { path: file, named: `--report ${format}=${file}` };
}

/** Checks that reports can be written, before the work for them is done. @throws UsageError */
export function checkReportFiles(
  reports: readonly ReportFile[],
  folders: readonly ConversationFolder[],
): void {
  const targets = new Set<string>();
  for (const report of reports) {
    const file = fileOf(report);
    const { path } = outputTarget(folders, file);
    if (targets.has(path)) {
      throw new UsageError(`${file.named}: another report is written to this file`);
    }
    targets.add(path);
  }
}

/** Writes reports to files. @throws UsageError as checkReportFiles */
export async function writeReportFiles(
  reports: readonly ReportFile[],
  folders: readonly ConversationFolder[],
  report: VerifyReport,
): Promise<void> {
  const style = await makeStyle({ color: false, isTerminal: false, columns: undefined });
  for (const one of reports) {
    const pieces = render(VERIFY_FORMATS, one.format, report, style);
    const content = one.format === 'github' ? annotationsOnly(pieces) : pieces;
    await writeOutputFile(folders, fileOf(one), content);
  }
}

/** A job can print the file of annotations. Nothing else in it may be a command to the runner that reads them. */
async function* annotationsOnly(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  const safety = new RunnerSafety();
  for await (const piece of pieces) yield safety.apply(piece, true);
}
