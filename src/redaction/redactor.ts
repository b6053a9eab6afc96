import type { JsonObject } from '../text/json-value.ts';
import { type FieldLocation, fieldRange } from './classification/event-fields.ts';
import { findAssigned } from './detectors/assignments.ts';
import { findHeaders } from './detectors/headers.ts';
import { KnownSecrets } from './detectors/known-secrets.ts';
import { findPrivateKeys } from './detectors/private-keys.ts';
import { findThroughEscapes } from './detectors/through-escapes.ts';
import { findShapes } from './detectors/token-shapes.ts';
import { findInUrls } from './detectors/urls.ts';
import { copyEvent } from './rewriting/copy-event.ts';
import { replaceStrings } from './rewriting/json-strings.ts';
import { compose, merge, type Range, replace } from './rewriting/ranges.ts';

/** What was replaced, by what it seemed to be. */
export interface Redactor {
  /**
   * A copy of an event with its secrets replaced, also those in keys. Keys keep their order. The
   * event's own ids, kinds and times stay.
   */
  event(value: JsonObject): JsonObject;
  /** A text of any origin (a title, a path) with its secrets replaced. */
  text(text: string): string;
  /** The exact text of an event with its secrets replaced; nothing else of it changes. */
  json(text: string): string;
  /** How many secrets were replaced so far, by rule: `github-token` → 2. */
  readonly counts: ReadonlyMap<string, number>;
}

/**
 * A replacement can make a text that has something to replace again. This is after how many rounds
 * it is left at that; the second finds nothing in any but texts made for this purpose.
 */
const ROUNDS = 8;

/**
 * One for a whole export: what one event gave away by a name is known in all that come later. The
 * same value redacted twice is the same, and counts nothing the second time.
 *
 * @param known what another has learnt already
 */
export function makeRedactor(known = new KnownSecrets()): Redactor {
  const counts = new Map<string, number>();

  /** The rule given first names what several find. What is news is known from then on. */
  function find(text: string, location: FieldLocation | undefined): Range[] {
    const field = location && fieldRange(text, location);
    const found = [
      ...findPrivateKeys(text),
      ...findShapes(text),
      ...findInUrls(text),
      ...findHeaders(text),
      ...(field ? [field] : []),
      ...findAssigned(text),
      ...known.find(text),
    ];
    for (const { start, end, rule, isNews } of found) {
      if (isNews) known.learn(text.slice(start, end), rule);
    }
    return found;
  }

  /** Ranges to replace in a text, in order, once for all. */
  function secretsIn(text: string, location?: FieldLocation): Range[] {
    // No rule has anything shorter in a text; a field's value may be of any length.
    if (text.length < 6 && !location) return [];
    let done: Range[] = [];
    let current = text;
    for (let round = 0; round < ROUNDS; round++) {
      const found = [
        ...find(current, location),
        ...findThroughEscapes(current, (plain) => find(plain, undefined)),
      ];
      if (found.length === 0) break;
      done = round === 0 ? merge(found) : compose(done, merge(found));
      const next = replace(text, done);
      if (next === current) break;
      current = next;
    }
    for (const { rule } of done) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    return done;
  }

  /** What stood before the place where a secret was first found is gone through again. */
  function settle<T>(pass: (value: T) => T, value: T): T {
    let result = value;
    for (let round = 0; round < ROUNDS; round++) {
      const { learnt } = known;
      result = pass(result);
      if (known.learnt === learnt) break;
    }
    return result;
  }

  const text = (value: string) => replace(value, secretsIn(value));
  return {
    event: (value) => settle((event: JsonObject) => copyEvent(event, secretsIn), value),
    json: (value) => settle((json: string) => replaceStrings(json, secretsIn) ?? text(json), value),
    text: (value) => settle(text, value),
    counts,
  };
}
