import { endOfRun, type Range, runOf } from '../rewriting/ranges.ts';

const BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;
/** Lines of a key as they are, or in quotes, or with `\n` written out; also the lines of its header. */
const BODY = runOf(String.raw`(?:[A-Za-z0-9+/=\s\\"',:().]|-(?!----))`);
const LINE = /[A-Za-z0-9+/=]{20,4000}/g;
const LAST_LINE = /(?:(?:\s|\\{1,8}[nr]){1,4}[A-Za-z0-9+/=]{1,64})?/y;

/** Private keys between their lines, or as much of them as the text has. */
export function findPrivateKeys(text: string): Range[] {
  if (!text.includes('PRIVATE KEY')) return [];
  return [...text.matchAll(BEGIN)].flatMap(({ index, 0: head }) => {
    const start = index + head.length;
    const bodyEnd = endOfRun(text, start, BODY);
    const line = [...text.slice(start, bodyEnd).matchAll(LINE)].at(-1);
    // Code that speaks of the lines has no key between them.
    if (!line) return [];
    END.lastIndex = bodyEnd;
    if (END.test(text)) return [{ start: index, end: END.lastIndex, rule: 'private-key' }];
    // Cut off: what follows it may be prose.
    LAST_LINE.lastIndex = start + line.index + line[0].length;
    LAST_LINE.test(text);
    return [{ start: index, end: LAST_LINE.lastIndex, rule: 'private-key' }];
  });
}
