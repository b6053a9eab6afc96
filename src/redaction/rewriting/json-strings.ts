import { diagnose } from '../../text/json-scanner.ts';
import {
  type Container,
  containerOf,
  type FieldLocation,
  isSchema,
  note,
} from '../classification/event-fields.ts';
import type { Find } from './copy-event.ts';
import { marker, type Range, replace } from './ranges.ts';

interface Token {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly location: FieldLocation;
  /** What stood before it in its list, when it was met. */
  readonly previous: string | undefined;
  /** What is to be replaced of a key; undefined for a value, which is judged when all is known. */
  readonly ranges: readonly Range[] | undefined;
}

/** A JSON text with what is found in its strings replaced; undefined for a text that is not sound. */
export function replaceStrings(text: string, find: Find): string | undefined {
  if (diagnose(text) !== undefined) return undefined;
  let at = 0;
  const parts: string[] = [];
  for (const { start, end, value, location, previous, ranges } of tokensOf(text, find)) {
    if (!ranges && isSchema(location)) continue;
    location.container.previous = previous;
    for (const range of located(text, start, end, ranges ?? find(value, location))) {
      parts.push(text.slice(at, range.start), marker(range.rule));
      at = range.end;
    }
  }
  return at === 0 ? text : parts.join('') + text.slice(at);
}

/** The strings of a sound text in its order. All, before any is judged: a name may stand behind its value. */
function tokensOf(text: string, find: Find): Token[] {
  const tokens: Token[] = [];
  const root = containerOf(true);
  let container = root;
  let key: string | undefined;
  let isKey = false;
  const structure = /["{}[\],]|[-\dtfn]/g;
  const containers: Container[] = [];
  for (let match = structure.exec(text); match; match = structure.exec(text)) {
    const start = match.index;
    switch (match[0]) {
      case '{':
      case '[': {
        const isList = match[0] === '[';
        const parent = container === root ? undefined : container;
        container.previous = undefined;
        containers.push(container);
        container = containerOf(isList, parent?.isList ? undefined : key, parent);
        isKey = !isList;
        break;
      }
      case '}':
      case ']':
        container = containers.pop() ?? root;
        isKey = false;
        break;
      case ',':
        isKey = !container.isList;
        break;
      case '"': {
        const end = endOfString(text, start);
        structure.lastIndex = end;
        const value = JSON.parse(text.slice(start, end)) as string;
        const { previous } = container;
        const ranges = isKey ? find(value) : undefined;
        if (ranges) key = replace(value, ranges);
        const location = { key: container.isList ? undefined : key, container };
        tokens.push({ start, end, value, location, previous, ranges });
        if (!ranges) note(container, location.key, value);
        isKey = false;
        break;
      }
      default:
        // A number or a word; the rest of its characters mean nothing else.
        container.previous = undefined;
    }
  }
  return tokens;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    let slashes = 0;
    while (text[quote - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

/** Ranges of a string's value as ranges of the text, between the quotes at `start` and `end`. */
function located(text: string, start: number, end: number, ranges: readonly Range[]): Range[] {
  if (ranges.length === 0) return [];
  if (!text.slice(start, end).includes('\\')) {
    return ranges.map((range) => ({
      ...range,
      start: range.start + start + 1,
      end: range.end + start + 1,
    }));
  }
  let at = start + 1;
  let unit = 0;
  const seek = (target: number) => {
    for (; unit < target; unit++) at += text[at] !== '\\' ? 1 : text[at + 1] === 'u' ? 6 : 2;
    return at;
  };
  return ranges.map((range) => ({ ...range, start: seek(range.start), end: seek(range.end) }));
}
