import { type JsonObject, type JsonValue, own } from '../../text/json-value.ts';
import {
  type Container,
  containerOf,
  type FieldLocation,
  isSchema,
  note,
} from '../classification/event-fields.ts';
import { type Range, replace } from './ranges.ts';

/** Ranges to replace in a string, given where it stands; without, in a key. */
export type Find = (text: string, location?: FieldLocation) => Range[];

interface Frame {
  readonly source: JsonObject | JsonValue[];
  readonly copy: JsonObject | JsonValue[];
  readonly keys: readonly string[] | undefined;
  readonly container: Container;
  at: number;
}

/** A copy of an event with what is found replaced. Goes by a stack of its own: nesting is hostile. */
export function copyEvent(event: JsonObject, find: Find): JsonObject {
  const top = frameOf(event, containerOf(false));
  const stack = [top];
  for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
    const { source, keys, container } = frame;
    const at = frame.at++;
    if (at >= (keys ?? (source as JsonValue[])).length) {
      stack.pop();
      continue;
    }
    const original = keys?.[at];
    const value = (
      original === undefined ? (source as JsonValue[])[at] : own(source, original)
    ) as JsonValue;
    // Judged by the key that is shown, so that it is judged the same again.
    const key = original === undefined ? undefined : replace(original, find(original));
    if (typeof value === 'string') {
      const location = { key, container };
      put(frame.copy, key, isSchema(location) ? value : replace(value, find(value, location)));
      if (container.isList) note(container, key, value);
      continue;
    }
    container.previous = undefined;
    if (typeof value === 'object' && value !== null) {
      const next = frameOf(value, containerOf(Array.isArray(value), key, container));
      put(frame.copy, key, next.copy);
      stack.push(next);
    } else put(frame.copy, key, value);
  }
  return top.copy as JsonObject;
}

function frameOf(source: JsonObject | JsonValue[], container: Container): Frame {
  if (Array.isArray(source)) return { source, copy: [], keys: undefined, container, at: 0 };
  for (const key of ['key', 'name']) {
    const name = own(source, key);
    if (typeof name === 'string') note(container, key, name);
  }
  return { source, copy: {}, keys: Object.keys(source), container, at: 0 };
}

function put(copy: JsonObject | JsonValue[], key: string | undefined, value: JsonValue): void {
  if (key === undefined) (copy as JsonValue[]).push(value);
  // Defined, not set: `__proto__` is a key like any other here.
  else {
    Object.defineProperty(copy, key, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
}
