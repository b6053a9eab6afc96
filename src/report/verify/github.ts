import { posix } from 'node:path';
import { visible, visibleLine } from '../text/terminal-safe.ts';
import type { Style } from '../text/style.ts';
import { fit } from '../text/unicode-width.ts';
import { type Placed, worstFirst } from './sarif.ts';
import { summaryLine } from './text.ts';
import type { VerifyReport } from './types.ts';

/** GitHub shows no more annotations of a kind and step. */
const MOST = 10;
/** Messages can quote events, which have no bound. In columns. */
const LONGEST = 500;

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' };

/** Workflow commands of GitHub Actions, worst first, then how many more there are, and the summary. */
export function* verifyGithub(report: VerifyReport, style: Style): Iterable<string> {
  const all = worstFirst(report.conversations);
  for (const placed of all.slice(0, MOST)) yield commandOf(placed);
  const more = all.length - MOST;
  if (more > 0) yield `and ${more} more ${more === 1 ? 'finding' : 'findings'}\n`;
  yield summaryLine(report, style);
}

function commandOf({ conversation, finding }: Placed): string {
  const { code, severity, message, file, line, column, related, consequence } = finding;
  const properties = Object.entries({
    file: visible(posix.join(conversation.shownAs, file ?? '')),
    ...(line !== undefined && { line }),
    ...(line !== undefined && column !== undefined && { col: column }),
    title: code,
  }).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  const others = related?.length ? ` (and ${related.map(visible).join(', ')})` : '';
  const data = `${fit(`${visibleLine(message)}${others}`, LONGEST)}\n→ ${consequence}`;
  return `::${COMMANDS[severity]} ${properties.join(',')}::${escapeData(data)}\n`;
}

// As @actions/core escapes them, which the runner reverses.
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
