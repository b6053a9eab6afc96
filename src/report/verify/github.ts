import { posix } from 'node:path';
import { pluralize } from '../../text/wording.ts';
import { SEVERITIES } from '../../verification/rule.ts';
import type { Style } from '../text/style.ts';
import { safeLine, safeText } from '../text/terminal-safe.ts';
import { fit } from '../text/unicode-width.ts';
import { type FindingGroup, groupPlaces, groupsOf, messagesOf } from './groups.ts';
import { namesOf, totalsLines, worstFirst } from './summary.ts';
import type { ReportedConversation, VerifyReport } from './types.ts';

/** GitHub shows at most this many annotations per step and severity. */
const MAX_ANNOTATIONS = 10;
/** Longer titles are cut by GitHub. */
const MAX_TITLE_COLUMNS = 100;
/** Paths can be of any length. */
const MAX_PATH_COLUMNS = 200;
/** Messages of a code in a conversation that an annotation quotes. */
const MAX_MESSAGES = 3;

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' };

interface Annotation {
  readonly conversation: ReportedConversation;
  readonly group: FindingGroup;
}

/**
 * Prints findings as workflow commands of GitHub Actions, most severe first: one for each code in a conversation. The
 * number of findings left out and the totals follow.
 */
export function* verifyGithub(report: VerifyReport, style: Style): Iterable<string> {
  const nameOf = namesOf(report.conversations);
  const all = annotationsOf(report);
  for (const one of all.slice(0, MAX_ANNOTATIONS)) yield commandOf(one, nameOf);
  const left = all.slice(MAX_ANNOTATIONS);
  const more = left.reduce((count, { group }) => count + group.findings.length, 0);
  if (more > 0) yield `and ${pluralize(more, 'more finding', 'more findings')}\n`;
  yield* totalsLines(report, style);
}

function annotationsOf({ conversations }: VerifyReport): Annotation[] {
  return worstFirst(conversations)
    .flatMap((conversation) =>
      groupsOf(conversation.findings).map((group) => ({ conversation, group })),
    )
    .sort((a, b) => rankOf(a) - rankOf(b));
}

function rankOf({ group }: Annotation): number {
  return SEVERITIES.indexOf(group.severity);
}

/** An annotation stands alone in a list, or at a line of a file: so it says where it is from, and what follows. */
function commandOf(
  { conversation, group }: Annotation,
  nameOf: (conversation: ReportedConversation) => string,
): string {
  const { code, severity, findings, consequence } = group;
  const [{ file, line, column }] = findings;
  const times = findings.length > 1 ? ` ×${findings.length}` : '';
  const properties = Object.entries({
    file: safeText(posix.join(conversation.shownAs, file ?? '')),
    ...(line !== undefined && { line }),
    ...(line !== undefined && column !== undefined && { col: column }),
    title: fit(`${code}${times} in ${nameOf(conversation)}`, MAX_TITLE_COLUMNS),
  }).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  const path = fit(safeLine(conversation.shownAs), MAX_PATH_COLUMNS);
  const places = groupPlaces(group);
  const where = `conversation ${path}${places === '' ? '' : `, ${places}`}`;
  const messages = messagesOf(group);
  const said = messages.slice(0, MAX_MESSAGES).map(({ message }) => message);
  const more = messages.length - said.length;
  const rest = more > 0 ? [`and ${pluralize(more, 'other message')}`] : [];
  const data = [`${severity} ${code}: ${where}`, ...said, ...rest, `→ ${consequence}`].join('\n');
  return `::${COMMANDS[severity]} ${properties.join(',')}::${escapeData(data)}\n`;
}

// The same escapes as in @actions/core, which the runner decodes.
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
