import { groupBy } from '../../verification/group-events.ts';
import type { Severity } from '../../verification/rule.ts';
import type { Finding } from '../../verification/verify.ts';
import { safeLine } from '../text/terminal-safe.ts';
import { fit } from '../text/unicode-width.ts';
import { placesOf, relatedPlaces, shortenNames } from './places.ts';

/** Messages can quote events of any size. */
const MAX_MESSAGE_COLUMNS = 500;

/** The findings of one code and severity in one conversation. */
export interface FindingGroup {
  readonly code: string;
  readonly severity: Severity;
  /** What the SDK does, which is the same for all of them. */
  readonly consequence: string;
  readonly findings: readonly [Finding, ...Finding[]];
}

/** Groups the findings of a conversation by code, in their order: most severe first. */
export function groupsOf(findings: readonly Finding[]): FindingGroup[] {
  const groups = groupBy(findings, ({ code, severity }) => `${severity} ${code}`);
  return [...groups.values()].map((group) => {
    const [first] = group as [Finding, ...Finding[]];
    const { code, severity, consequence } = first;
    return { code, severity, consequence, findings: group as [Finding, ...Finding[]] };
  });
}

/** Findings of a group that have the same message. */
export interface SameMessage {
  readonly findings: readonly [Finding, ...Finding[]];
  /** On one line, with events as `#12`, and limited in length. Safe to print. */
  readonly message: string;
}

/** The messages of a group, each once, with the other events that it is about. */
export function messagesOf({ findings }: FindingGroup): SameMessage[] {
  const groups = groupBy(findings, messageOf);
  return [...groups].map(([message, same]) => ({
    message,
    findings: same as [Finding, ...Finding[]],
  }));
}

/** `the parent is not in the index (also #3, #5)`. Safe to print. */
export function messageOf({ message, related }: Pick<Finding, 'message' | 'related'>): string {
  const others = relatedPlaces(related);
  return `${shortLine(message)}${others === '' ? '' : ` (also ${others})`}`;
}

/** A text of the core on one line, with events as `#12`, and limited in length. Safe to print. */
export function shortLine(text: string): string {
  return fit(safeLine(shortenNames(text)), MAX_MESSAGE_COLUMNS);
}

/** Where the findings of a group are, as far as it is known. */
export function groupPlaces({ findings }: FindingGroup): string {
  return placesOf(findings);
}
