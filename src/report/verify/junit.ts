import { formatNumber, pluralize } from '../../text/wording.ts';
import type { Finding } from '../../verification/verify.ts';
import { safeLine, safeText } from '../text/terminal-safe.ts';
import { fit } from '../text/unicode-width.ts';
import { groupPlaces, groupsOf, messageOf } from './groups.ts';
import { placesOf } from './places.ts';
import { reasonOf, reasonText } from './reason.ts';
import { atLeast, failingSeverity } from './report.ts';
import type { ReportedConversation, VerifyReport } from './types.ts';

/** All cases have one class, so that readers keep them apart from those of other tools. */
const CLASS_NAME = 'convoscope.verify';
/** Paths and ids can be of any length. */
const MAX_NAME_COLUMNS = 200;
/** Readers that use libxml2, such as GitLab, refuse a text of 10 MB. */
const MAX_LISTED_FINDINGS = 500;

/**
 * Prints one test case per conversation. Findings that make the run fail are the failure of the case. Other
 * findings are its output.
 */
export function* verifyJunit(report: VerifyReport): Iterable<string> {
  const { conversations, failures, failOn, durationMs } = report;
  const failing = failingSeverity(failOn);
  const failed = conversations.filter(({ fails }) => fails).length;
  // Without a case of its own, a run that could not verify everything would look successful.
  const broken = failures > 0 ? 1 : 0;
  const counts = `tests="${conversations.length + broken}" failures="${failed}" errors="${broken}"`;
  const time = timeOf(durationMs);
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="convoscope verify" ${counts} ${time}>\n`;
  yield `<testsuite name="convoscope verify" ${counts} skipped="0" ${time}>\n`;
  for (const conversation of conversations) {
    // The name is the whole path, because readers merge cases of the same name.
    const name = `classname="${CLASS_NAME}" name="${xml(conversation.shownAs)}"`;
    yield `<testcase ${name} ${timeOf(conversation.durationMs)}>\n`;
    const isFailing = ({ severity }: Finding) => conversation.fails && atLeast(severity, failing);
    const others = conversation.findings.filter((finding) => !isFailing(finding));
    if (conversation.fails) yield failureOf(conversation, conversation.findings.filter(isFailing));
    if (others.length > 0) yield `<system-out>${listed(conversation, others)}</system-out>\n`;
    yield '</testcase>\n';
  }
  if (broken) {
    yield `<testcase classname="${CLASS_NAME}" name="could be verified" time="0.000">
<error message="could not verify ${failures} more" type="not-verified"/>
</testcase>\n`;
  }
  yield '</testsuite>\n</testsuites>\n';
}

function timeOf(ms: number): string {
  return `time="${(ms / 1000).toFixed(3)}"`;
}

function failureOf(conversation: ReportedConversation, failing: readonly Finding[]): string {
  const reason = reasonOf(conversation);
  const why = reason ? reasonText(reason) : pluralize(failing.length, 'finding');
  const codes = [...new Set(failing.map(({ code }) => code))];
  const message = `${nameOf(conversation)}: ${why}`;
  const type = codes.length === 1 ? (codes[0] as string) : 'verify';
  return `<failure message="${xml(message)}" type="${xml(type)}">${listed(conversation, failing)}</failure>\n`;
}

function nameOf({ shownAs }: ReportedConversation): string {
  return `conversation ${fit(safeLine(shownAs), MAX_NAME_COLUMNS)}`;
}

/** The findings by code. Readers show this text alone, so it begins with the conversation. */
function listed(conversation: ReportedConversation, findings: readonly Finding[]): string {
  const more = findings.length - MAX_LISTED_FINDINGS;
  const lines = [
    nameOf(conversation),
    ...groupsOf(findings.slice(0, MAX_LISTED_FINDINGS)).flatMap((group) => [
      `${group.severity} ${group.code} ${groupPlaces(group)}`.trimEnd(),
      ...group.findings.map((finding) => `  ${lineOf(finding)}`),
      `  → ${group.consequence}`,
    ]),
    ...(more > 0 ? [`and ${formatNumber(more)} more`] : []),
  ];
  return lines.map(xml).join('\n');
}

/** `#12 events/event-00012-….json:1:101: the text ends in the middle of a value`. */
function lineOf(finding: Finding): string {
  const { index, file, line, column } = finding;
  const position = [file ?? undefined, line, column].filter((part) => part !== undefined).join(':');
  const place = index === null ? '' : placesOf([finding]);
  const head = [place, safeLine(position)].filter((part) => part !== '').join(' ');
  return head === '' ? messageOf(finding) : `${head}: ${messageOf(finding)}`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Some readers take `[[ATTACHMENT|/path]]` in the output of a test for a file to publish, or `[[PROPERTY|x=y]]`. */
const ATTACHMENT = /\[\[(?=\s*\w+\s*\|)/g;

/** One line escaped for XML 1.0. `safeText` leaves two of the characters that XML forbids. */
function xml(text: string): string {
  return safeText(text)
    .replace(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
    .replaceAll(ATTACHMENT, '[\\x5b')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] as string);
}
