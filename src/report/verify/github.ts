import { posix } from 'node:path';
import type { Style } from '../text/style.ts';
import { safeLine, safeText } from '../text/terminal-safe.ts';
import { fit } from '../text/unicode-width.ts';
import { type Placed, worstFirst } from './sarif.ts';
import { summaryLine } from './text.ts';
import type { VerifyReport } from './types.ts';

/** GitHub shows at most this many annotations per step and severity. */
const MAX_ANNOTATIONS = 10;
/** Messages can quote events of any size. */
const MAX_MESSAGE_COLUMNS = 500;

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Prints findings as workflow commands of GitHub Actions, most severe first. The number of findings left
 * out and the summary follow.
 */
export function* verifyGithub(report: VerifyReport, style: Style): Iterable<string> {
  const all = worstFirst(report.conversations);
  for (const placed of all.slice(0, MAX_ANNOTATIONS)) yield commandOf(placed);
  const more = all.length - MAX_ANNOTATIONS;
  if (more > 0) yield `and ${more} more ${more === 1 ? 'finding' : 'findings'}\n`;
  yield summaryLine(report, style);
}

function commandOf({ conversation, finding }: Placed): string {
  const { code, severity, message, file, line, column, related, consequence } = finding;
  const properties = Object.entries({
    file: safeText(posix.join(conversation.shownAs, file ?? '')),
    ...(line !== undefined && { line }),
    ...(line !== undefined && column !== undefined && { col: column }),
    title: code,
  }).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  const others = related?.length ? ` (other files: ${related.map(safeText).join(', ')})` : '';
  const data = `${fit(`${safeLine(message)}${others}`, MAX_MESSAGE_COLUMNS)}\n→ ${consequence}`;
  return `::${COMMANDS[severity]} ${properties.join(',')}::${escapeData(data)}\n`;
}

// The same escapes as in @actions/core, which the runner decodes.
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
