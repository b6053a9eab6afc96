import { ANY_MARKER } from '../marker.ts';
import type { SecretRange } from '../search/secret-range.ts';

/** Where a pattern matches in a text, or why that is not known. */
export type MatchPattern = (
  text: string,
) => readonly { start: number; end: number }[] | 'match-timeout' | 'match-overflow';

/**
 * A detector of what a user's pattern matches. A text on which the pattern takes too long, or too much memory, is
 * replaced as a whole, because it is not known what of it is a secret.
 */
export function makePatternDetector(match: MatchPattern): (text: string) => SecretRange[] {
  return (text) => {
    const found: SecretRange[] = [];
    for (const [start, end] of betweenMarkers(text)) {
      const matches = match(text.slice(start, end));
      if (typeof matches === 'string') {
        const rule = matches === 'match-timeout' ? 'too-slow' : 'too-long';
        return [{ start: 0, end: text.length, rule }];
      }
      for (const range of matches) {
        const from = start + range.start;
        found.push({ start: from, end: start + range.end, rule: 'pattern', shouldRemember: true });
      }
    }
    return found;
  };
}

/** The parts of a text that are no markers: what is redacted is not redacted again. */
function* betweenMarkers(text: string): Generator<readonly [start: number, end: number]> {
  let start = 0;
  for (const { index, 0: marker } of text.matchAll(ANY_MARKER)) {
    if (index > start) yield [start, index];
    start = index + marker.length;
  }
  if (start < text.length) yield [start, text.length];
}
