import type { ReadableObject } from '../text/json-value.ts';
import { type FieldLocation, pathOf } from './classification/event-fields.ts';
import { findAssigned } from './detectors/assignments.ts';
import { findInEncodedText } from './detectors/encoded-text.ts';
import { findFieldSecret } from './detectors/field-values.ts';
import { findHeaders } from './detectors/headers.ts';
import { findIgnoringEscapes } from './detectors/ignoring-escapes.ts';
import { findKubernetesSecrets } from './detectors/kubernetes-secrets.ts';
import { findByLiterals } from './detectors/literal-detectors.ts';
import { findNamedPairs } from './detectors/named-pairs.ts';
import { findPrivateKeys } from './detectors/private-keys.ts';
import { findInUrls } from './detectors/urls.ts';
import { KnownSecrets } from './known/known-secrets.ts';
import { copyEvent } from './rewriting/copy-event.ts';
import { replaceInJson } from './rewriting/json-strings.ts';
import { combineRounds, mergeRanges, replaceRanges } from './rewriting/replace-ranges.ts';
import type { SecretRange } from './search/secret-range.ts';

/** Replaces secrets and counts what it replaced. */
export interface Redactor {
  /**
   * A copy of an event with its secrets replaced, in keys as well. Keys keep their order. The fields
   * of the event's schema (ids, kind, timestamp) keep their values.
   */
  event<Event extends ReadableObject>(value: Event): Event;
  /** A text of any origin (a title, a path) with its secrets replaced. */
  text(text: string): string;
  /** The exact text of an event with its secrets replaced; every other character stays. */
  json(text: string): string;
  /** How many secrets have been replaced so far, by rule: `github-token` → 2. */
  readonly counts: ReadonlyMap<string, number>;
}

/** A detector: it finds what to replace in a text, wherever the text is. */
export type Detector = (text: string) => SecretRange[];

export interface RedactorOptions {
  /** The secrets that another redactor found. */
  readonly known?: KnownSecrets;
  /** What else to replace, besides secrets. */
  readonly detectors?: readonly Detector[];
  /**
   * Gets each replacement when it is made. `path` is where in the event: `action.command`; undefined in a key, and in a
   * text that is no field of an event.
   */
  readonly onReplaced?: (rule: string, path: string | undefined) => void;
}

/** No detector finds a secret in a shorter text; the value of a field may be of any length. */
const MIN_TEXT_CHARS = 6;

/**
 * Replacing a secret can produce a text in which another one is found. After this many rounds the
 * text is left as it is. Ordinary texts need one round; only texts made for the purpose need more.
 */
const MAX_ROUNDS = 8;

/** How often base64 is decoded that was found in base64. */
const MAX_ENCODINGS = 3;

/** Runs every detector. Where several find the same secret, the first in this list names it. */
function findOnce(
  text: string,
  location: FieldLocation | undefined,
  known: KnownSecrets,
  detectors: readonly Detector[],
  encodings = 0,
): SecretRange[] {
  const findDecoded = (decoded: string) =>
    encodings < MAX_ENCODINGS ? findOnce(decoded, undefined, known, detectors, encodings + 1) : [];
  const found = [
    ...findPrivateKeys(text),
    ...findByLiterals(text),
    ...findInUrls(text),
    ...findHeaders(text),
    ...(location ? findFieldSecret(text, location) : []),
    ...findAssigned(text),
    ...findNamedPairs(text),
    ...findKubernetesSecrets(text),
    ...findInEncodedText(text, findDecoded),
    ...detectors.flatMap((detect) => detect(text)),
  ];
  for (const { start, end, rule, shouldRemember } of found) {
    if (shouldRemember) known.add(text.slice(start, end), rule);
  }
  return [...found, ...known.find(text)];
}

/**
 * Make one redactor for a whole export: a secret that one event names is then found in all later
 * events. Redacting a value that is already redacted changes and counts nothing.
 */
export function makeRedactor(options: RedactorOptions = {}): Redactor {
  const { known = new KnownSecrets(), detectors = [], onReplaced } = options;
  const counts = new Map<string, number>();
  const find = (text: string, location?: FieldLocation) =>
    findOnce(text, location, known, detectors);

  /** What to replace in a text, as merged ranges, after as many rounds as it needs. */
  function findSecrets(text: string, location?: FieldLocation): SecretRange[] {
    if (text.length < MIN_TEXT_CHARS && !location) return [];
    let ranges: SecretRange[] = [];
    let current = text;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const found = [
        ...find(current, location),
        ...findIgnoringEscapes(current, (plain) => find(plain)),
      ];
      if (found.length === 0) break;
      ranges = round === 0 ? mergeRanges(found) : combineRounds(ranges, mergeRanges(found));
      const replaced = replaceRanges(text, ranges);
      if (replaced === current) break;
      current = replaced;
    }
    for (const { rule } of ranges) {
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
      onReplaced?.(rule, location && pathOf(location));
    }
    return ranges;
  }

  /** Redacts again while that adds known secrets: these may also appear before where they were found. */
  function repeatWhileLearning<T>(redact: (value: T) => T, value: T): T {
    let result = value;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const { addedCount } = known;
      result = redact(result);
      if (known.addedCount === addedCount) break;
    }
    return result;
  }

  const redactEvent = <Event extends ReadableObject>(event: Event) => copyEvent(event, findSecrets);
  const redactText = (text: string) => replaceRanges(text, findSecrets(text));
  const redactJson = (text: string) => replaceInJson(text, findSecrets) ?? redactText(text);
  return {
    event: (value) => repeatWhileLearning(redactEvent, value),
    text: (text) => repeatWhileLearning(redactText, text),
    json: (text) => repeatWhileLearning(redactJson, text),
    counts,
  };
}
