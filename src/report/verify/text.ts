import { listSome, pluralize } from '../../text/wording.ts';
import type { VerifiedConversation } from '../../verification/verified-conversation.ts';
import type { Finding } from '../../verification/verify.ts';
import { formatNumber } from '../text/amounts.ts';
import type { Style } from '../text/style.ts';
import { safeLine, safeText } from '../text/terminal-safe.ts';
import { fit } from '../text/unicode-width.ts';
import type { Totals, VerifyReport } from './types.ts';

/** Prints findings by conversation, most severe first, and a summary line. */
export function* verifyText(
  { conversations, totals, failures }: VerifyReport,
  style: Style,
): Iterable<string> {
  if (conversations.length === 0) return; // the reason is already on stderr
  const shown = conversations.filter(isShown);
  for (const conversation of shown.sort((a, b) => badness(b) - badness(a))) {
    yield `${style.chalk.bold(safeText(conversation.shownAs))}${resumeNote(conversation)}\n`;
    yield* versionLines(conversation);
    for (const finding of conversation.findings)
      yield findingLines(finding, conversation.path, style);
    yield '\n';
  }
  yield summaryLine({ totals, failures }, style);
}

/** A conversation with findings, one that can't be resumed, and one that every version was asked about. */
function isShown({ findings, resumes, resumes_by_sdk }: VerifiedConversation): boolean {
  return findings.length > 0 || resumes === 'no' || resumes_by_sdk !== undefined;
}

/** Messages can quote events of any size. */
const MAX_MESSAGE_COLUMNS = 500;
/** How many related files a finding names. */
const MAX_RELATED_FILES = 3;

function resumeNote({ sdk, resumes, resume_error: error }: VerifiedConversation): string {
  if (error) {
    const why = fit(safeLine(`${error.exception}: ${error.message}`), MAX_MESSAGE_COLUMNS);
    return `  cannot be resumed by SDK ${sdk} (${why})`;
  }
  if (resumes === 'unknown')
    return '  not known whether it can be resumed: a file that the SDK needs was not read';
  if (resumes === 'partly') return '  can be resumed only up to the gap';
  return resumes === 'fresh' ? '  would start over if resumed' : '';
}

const RESUMES_IN_WORDS = {
  yes: 'can resume it',
  partly: 'can resume it up to the gap',
  fresh: 'would start over',
  no: 'cannot resume it',
  unknown: 'can perhaps resume it',
} as const;

/** What each version makes of the conversation, if all were asked. */
function* versionLines({ resumes_by_sdk: ranges }: VerifiedConversation): Iterable<string> {
  for (const { from, to, resumes, resume_error: error } of ranges ?? []) {
    const versions = from === to ? from : `${from} to ${to}`;
    const why = error ? `: ${error.exception}: ${error.message}` : '';
    yield `  SDK ${versions} ${RESUMES_IN_WORDS[resumes]}${fit(safeLine(why), MAX_MESSAGE_COLUMNS)}\n`;
  }
}

function badness({ findings }: VerifiedConversation): number {
  const count = (severity: string) => findings.filter((f) => f.severity === severity).length;
  return count('error') * 1e12 + count('warning') * 1e6 + count('info');
}

function findingLines(
  { code, severity, message, file, line, column, related, consequence }: Finding,
  path: string,
  style: Style,
): string {
  const { chalk, link } = style;
  const paint = { error: chalk.red, warning: chalk.yellow, info: chalk.blue }[severity];
  const name = file === null ? '' : link(safeText(file), `${path}/${file}`);
  const position = [name, ...(line ? [line, column] : [])].join(':');
  const others = related?.length
    ? ` (other files: ${listSome(related.map(safeText), MAX_RELATED_FILES)})`
    : '';
  return `  ${paint(severity)} ${chalk.bold(code)} ${position}\n    ${fit(safeLine(message), MAX_MESSAGE_COLUMNS)}${others}\n    ${chalk.dim(`→ ${consequence}`)}\n`;
}

/** One line with the total counts. */
export function summaryLine(
  { totals, failures }: Pick<VerifyReport, 'totals' | 'failures'>,
  style: Style,
): string {
  const failed = failures > 0 ? `; ${style.chalk.red(`could not verify ${failures} more`)}` : '';
  return `${summary(totals, style)}${failed}\n`;
}

function summary(totals: Totals, { chalk }: Style): string {
  const { conversations, events, unreadable, errors, warnings, infos } = totals;
  const unread = unreadable > 0 ? ` (${formatNumber(unreadable)} can't be read)` : '';
  const what = `${pluralize(conversations, 'conversation')}, ${pluralize(events, 'event')}${unread}`;
  if (errors + warnings + infos === 0) return `${what}: ${chalk.green('no problems found')}`;
  const counts = [
    pluralize(errors, 'error'),
    pluralize(warnings, 'warning'),
    pluralize(infos, 'info'),
  ];
  return `${what}: ${counts.join(', ')}`;
}
