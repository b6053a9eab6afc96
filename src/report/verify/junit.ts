import { posix } from 'node:path';
import type { VerifiedConversation } from '../../verification/verified-conversation.ts';
import type { Finding } from '../../verification/verify.ts';
import { safeLine, safeText } from '../text/terminal-safe.ts';
import { fit } from '../text/unicode-width.ts';
import type { VerifyReport } from './types.ts';

/** Messages can quote events of any size. */
const MAX_MESSAGE_COLUMNS = 500;
/** Readers that use libxml2, such as GitLab, refuse a text of 10 MB. */
const MAX_LISTED_FINDINGS = 500;

/**
 * Prints one test case per conversation. Findings that make the run fail are the failure of the case. Other
 * findings are its output.
 */
export function* verifyJunit(report: VerifyReport): Iterable<string> {
  const { conversations, failures, isStrict } = report;
  const cases = conversations.map((conversation) => {
    const failing = conversation.findings.filter((finding) => isFailing(finding, isStrict));
    const others = conversation.findings.filter((finding) => !isFailing(finding, isStrict));
    return { conversation, failing, others };
  });
  const failed = cases.filter(({ failing }) => failing.length > 0).length;
  // Without a case of its own, a run that could not verify everything would look successful.
  const broken = failures > 0 ? 1 : 0;
  const counts = `tests="${cases.length + broken}" failures="${failed}" errors="${broken}"`;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${counts}>\n`;
  yield `<testsuite name="convoscope verify" ${counts} skipped="0">\n`;
  for (const { conversation, failing, others } of cases) {
    yield `<testcase ${nameOf(conversation)}>\n`;
    if (failing.length > 0) yield failureOf(failing);
    if (others.length > 0) yield `<system-out>${listed(others)}</system-out>\n`;
    yield '</testcase>\n';
  }
  if (broken) {
    yield `<testcase classname="convoscope" name="could be verified">
<error message="could not verify ${failures} more" type="not-verified"/>
</testcase>\n`;
  }
  yield '</testsuite>\n</testsuites>\n';
}

function isFailing({ severity }: Finding, isStrict: boolean): boolean {
  return severity === 'error' || (isStrict && severity === 'warning');
}

/** The name is the whole path, because readers merge cases of the same name. */
function nameOf({ shownAs }: VerifiedConversation): string {
  const parent = posix.dirname(shownAs);
  const classname = /^(\.\.?|\/)$/.test(parent) ? 'convoscope' : parent;
  return `classname="${xml(classname)}" name="${xml(shownAs)}"`;
}

function failureOf(failing: readonly Finding[]): string {
  const codes = [...new Set(failing.map(({ code }) => code))];
  const message = `${failing.length}: ${codes.join(', ')}`;
  return `<failure message="${xml(message)}" type="verify">${listed(failing)}</failure>\n`;
}

function listed(findings: readonly Finding[]): string {
  const more = findings.length - MAX_LISTED_FINDINGS;
  const lines = findings.slice(0, MAX_LISTED_FINDINGS).flatMap(linesOf);
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].map(xml).join('\n');
}

function linesOf(finding: Finding): string[] {
  const { code, severity, message, file, line, column, related, consequence } = finding;
  const position = [file ?? '', line, column].filter((part) => part !== undefined).join(':');
  const others = related?.length ? ` (other files: ${related.join(', ')})` : '';
  return [
    `${severity} ${code} ${position}`,
    `  ${fit(safeLine(`${message}${others}`), MAX_MESSAGE_COLUMNS)}`,
    `  → ${consequence}`,
  ];
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
