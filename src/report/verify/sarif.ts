import { posix } from 'node:path';
import { type Rule, SEVERITIES, type Severity } from '../../verification/rule.ts';
import { RULES } from '../../verification/rules/index.ts';
import type { VerifiedConversation } from '../../verification/verified-conversation.ts';
import type { Finding } from '../../verification/verify.ts';
import type { Style } from '../text/style.ts';
import { safeJson, safeLine } from '../text/terminal-safe.ts';
import { fit } from '../text/unicode-width.ts';
import { TOOL } from '../tool.ts';
import type { VerifyReport } from './types.ts';

/** GitHub refuses a run with more results. It shows only the 5,000 most severe. */
const MAX_RESULTS = 25_000;
/** GitHub shows at most this many locations of a result, and refuses a result with 1,000. */
const MAX_RELATED_LOCATIONS = 100;
/** With this bound, the maximum number of results fits into an upload of 10 MB (gzip) whatever the text. */
const MAX_MESSAGE_COLUMNS = 300;

const LEVELS: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'note' };
const INDEX_OF = new Map(RULES.map(({ code }, index) => [code, index]));

const driver = {
  name: TOOL.name,
  version: TOOL.version,
  semanticVersion: TOOL.version,
  informationUri: TOOL.url,
};

/** A finding with its conversation. */
interface Placed {
  readonly conversation: VerifiedConversation;
  readonly finding: Finding;
}

/** The findings of all conversations, most severe first, so that a limit cuts off the least severe. */
function findingsBySeverity(conversations: readonly VerifiedConversation[]): Placed[] {
  return conversations
    .flatMap((conversation) => conversation.findings.map((finding) => ({ conversation, finding })))
    .sort((a, b) => rank(a) - rank(b));
}

function rank({ finding }: Placed): number {
  return SEVERITIES.indexOf(finding.severity);
}

/**
 * Prints a SARIF 2.1.0 document with one run. The document can have tens of megabytes, so each result is
 * on a line of its own.
 */
export function* verifySarif(report: VerifyReport, style: Style): Iterable<string> {
  const shown = (json: string) => (style.isTerminal ? safeJson(json) : json);
  const all = findingsBySeverity(report.conversations);
  const kept = all.slice(0, MAX_RESULTS);
  const run = {
    tool: { driver: { ...driver, rules: RULES.map(describe) } },
    columnKind: 'unicodeCodePoints',
    invocations: [
      {
        executionSuccessful: report.failures === 0,
        toolExecutionNotifications: [...notifications(report, all.length - kept.length)],
      },
    ],
  };
  const $schema = 'https://json.schemastore.org/sarif-2.1.0.json';
  const head = JSON.stringify({ $schema, version: '2.1.0', runs: [run] });
  // The results are the last property of the run, so that they can be written one by one.
  yield `${shown(head.slice(0, -'}]}'.length))},"results":[`;
  const seen = new Map<string, number>();
  for (const [at, placed] of kept.entries()) {
    yield `${at > 0 ? ',' : ''}\n${shown(JSON.stringify(resultOf(placed, seen)))}`;
  }
  yield '\n]}]}\n';
}

function* notifications({ failures }: VerifyReport, leftOut: number): Iterable<object> {
  if (failures > 0) yield notification('error', `could not verify ${failures} more`);
  if (leftOut > 0) {
    yield notification(
      'warning',
      `${leftOut} more findings of the same or lower severity are left out`,
    );
  }
}

function notification(level: string, text: string): object {
  return { level, message: { text } };
}

function describe({ code, severity, meaning, cause, consequence, remedy }: Rule): object {
  return {
    id: code,
    shortDescription: { text: meaning },
    fullDescription: { text: `${meaning} ${cause}` },
    helpUri: TOOL.findingUrl(code),
    help: {
      text: `${consequence}\n\n${remedy}`,
      markdown: `**What the SDK does:** ${consequence}\n\n**What you can do:** ${remedy}`,
    },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function resultOf({ conversation, finding }: Placed, seen: Map<string, number>): object {
  const { code, severity, message, file, related, consequence } = finding;
  const location = (name: string, region?: object) => ({
    physicalLocation: {
      artifactLocation: { uri: uriOf(conversation.shownAs, name) },
      ...(region && { region }),
    },
  });
  return {
    ruleId: code,
    ruleIndex: INDEX_OF.get(code) ?? -1,
    level: LEVELS[severity],
    message: { text: plain(message) },
    locations: [location(file ?? '', regionOf(finding))],
    ...(related?.length && {
      relatedLocations: related.slice(0, MAX_RELATED_LOCATIONS).map((name) => location(name)),
    }),
    partialFingerprints: { 'finding/v1': fingerprint(conversation, finding, seen) },
    properties: { consequence },
  };
}

/** A message on one line. Text quoted from events must not become a link. */
function plain(message: string): string {
  return fit(safeLine(message), MAX_MESSAGE_COLUMNS).replaceAll('](', '] (');
}

/** The position in the file. A region needs a line or an offset, so there is none without them. */
function regionOf({ line, column, offset }: Finding): object | undefined {
  if (line === undefined && offset === undefined) return undefined;
  return {
    ...(line !== undefined && { startLine: line }),
    ...(line !== undefined && column !== undefined && { startColumn: column }),
    ...(offset !== undefined && { byteOffset: offset }),
  };
}

/**
 * Identifies a finding across runs and machines, so it contains neither the path nor the message. Findings
 * with the same fingerprint are numbered.
 */
function fingerprint(
  { id }: VerifiedConversation,
  { code, file, event_id }: Finding,
  seen: Map<string, number>,
): string {
  const name = [code, id, file ?? '', event_id ?? ''].join(':');
  const nth = (seen.get(name) ?? 0) + 1;
  seen.set(name, nth);
  return `${name}:${nth}`;
}

/** Relative if the user gave a relative path: readers match such URIs with the files of a repository. */
function uriOf(folder: string, file: string): string {
  const path = posix.join(folder, file);
  const uri = path
    .split('/')
    // Half of a surrogate pair cannot be encoded.
    .map((part) => encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\ufffd')))
    .join('/');
  return posix.isAbsolute(path) ? `file://${uri}` : uri;
}
