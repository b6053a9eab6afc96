import { inlineFile, nameFile, StoredFile } from './inline-data.ts';
import type { JsonObject, JsonValue, ReadableObject, ReadableValue } from './json-value.ts';
import { readableText } from './readable-text.ts';
import { mayChangeNumbers, quoteNumbers, StoredNumber } from './stored-number.ts';

declare const readable: unique symbol;
/**
 * An event for people: each string is readable text, each number has the digits that are stored, and each file that
 * stands in the event is a `StoredFile`.
 */
export type ReadableEvent = ReadableObject & { readonly [readable]: true };

/** Only such JSON can contain a text or a number that a person reads in another form than `JSON.parse` gives it. */
const IS_SPECIAL = /[^\0-\x7f]|\\[urb/]|iVBORw0KGg|[/_]9j[/_]|R0lGOD|UklGR|data:/;

/** Marks numbers while they are strings. Random, so that no event can contain it. */
const NUMBER_MARK = `${Math.random()}${Math.random()}:`;

/** Keeps the readable form of an event for as long as the event, because several views of it can be made. */
const known = new WeakMap<JsonObject, ReadableEvent>();

/**
 * The readable form of an event.
 *
 * @param event the event as `JSON.parse` gave it, and its JSON text
 */
export function readableEvent(event: { value: JsonObject; text: string }): ReadableEvent {
  let result = known.get(event.value);
  if (!result) {
    result = makeReadable(event.value, event.text);
    known.set(event.value, result);
  }
  return result;
}

function makeReadable(event: JsonObject, json: string): ReadableEvent {
  const hasNumbers = mayChangeNumbers(json);
  if (!hasNumbers && !IS_SPECIAL.test(json)) return event as ReadableObject as ReadableEvent;
  const copy = JSON.parse(hasNumbers ? quoteNumbers(json, NUMBER_MARK) : json) as JsonObject;
  // A stack instead of recursion, because a hostile event can be nested without end.
  const todo: (JsonObject | JsonValue[])[] = [copy];
  for (let node = todo.pop(); node; node = todo.pop()) {
    for (const key of Object.keys(node)) {
      const value = (node as JsonObject)[key] as JsonValue;
      if (typeof value === 'string') replaceMember(node, key, readableString(value));
      else if (typeof value === 'object' && value !== null) todo.push(value);
    }
  }
  return copy as ReadableObject as ReadableEvent;
}

/** The files in a value, at any depth, in order. */
export function* storedFiles(value: ReadableValue | undefined): Generator<StoredFile> {
  const todo = value === undefined ? [] : [value];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (node instanceof StoredFile) yield node;
    else if (typeof node === 'object' && node !== null) {
      // Not as arguments of one call: a list can have more elements than a call can have arguments.
      for (const member of Object.values(node).reverse()) todo.push(member);
    }
  }
}

function readableString(value: string): ReadableValue {
  if (value.startsWith(NUMBER_MARK)) return new StoredNumber(value.slice(NUMBER_MARK.length));
  const file = inlineFile(value);
  return file ? new StoredFile(file) : readableText(value, (image) => `[${nameFile(image)}]`);
}

function replaceMember(node: object, key: string, value: ReadableValue): void {
  // Assigning to `__proto__` would set the prototype.
  Object.defineProperty(node, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}
