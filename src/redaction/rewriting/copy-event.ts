import { isStored, own, type ReadableObject, type ReadableValue } from '../../text/json-value.ts';
import { isSchemaField } from '../classification/event-fields.ts';
import type { FindSecrets } from '../detectors/secret-range.ts';
import {
  enterContainer,
  locationIn,
  recordString,
  type TrackedContainer,
} from './field-tracking.ts';
import { replaceRanges } from './replace-ranges.ts';

/** An object or a list that is being copied. */
interface Frame {
  readonly source: ReadableObject | ReadableValue[];
  readonly copy: ReadableObject | ReadableValue[];
  /** Undefined for a list. */
  readonly keys: readonly string[] | undefined;
  readonly container: TrackedContainer;
  /** The number of the next member or element. */
  next: number;
}

/**
 * A copy of an event in which everything that `find` finds is replaced, in keys as well. Uses its
 * own stack instead of recursion, so deep nesting in an event cannot overflow the call stack.
 */
export function copyEvent<Event extends ReadableObject>(event: Event, find: FindSecrets): Event {
  const top = frameOf(event, enterContainer(false));
  const stack = [top];
  for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
    const { source, copy, keys, container } = frame;
    const index = frame.next++;
    if (index >= (keys ?? (source as ReadableValue[])).length) {
      stack.pop();
      continue;
    }
    const originalKey = keys?.[index];
    const value = (
      originalKey === undefined ? (source as ReadableValue[])[index] : own(source, originalKey)
    ) as ReadableValue;
    // The key as it is written decides about the value, so that redacting the copy changes nothing.
    const key =
      originalKey === undefined ? undefined : replaceRanges(originalKey, find(originalKey));
    if (typeof value === 'string') {
      addMember(copy, key, redactString(value, key, container, find));
      continue;
    }
    container.previousString = undefined;
    if (typeof value === 'object' && value !== null && !isStored(value)) {
      const inner = frameOf(value, enterContainer(Array.isArray(value), key, container));
      addMember(copy, key, inner.copy);
      stack.push(inner);
    } else addMember(copy, key, value);
  }
  return top.copy as ReadableObject as Event;
}

function redactString(
  value: string,
  key: string | undefined,
  container: TrackedContainer,
  find: FindSecrets,
): string {
  const location = locationIn(container, key);
  if (container.isList) recordString(container, key, value);
  return isSchemaField(location) ? value : replaceRanges(value, find(value, location));
}

function frameOf(source: ReadableObject | ReadableValue[], container: TrackedContainer): Frame {
  if (Array.isArray(source)) return { source, copy: [], keys: undefined, container, next: 0 };
  // These members name the others, wherever in the object they are.
  for (const key of ['key', 'name']) {
    const name = own(source, key);
    if (typeof name === 'string') recordString(container, key, name);
  }
  return { source, copy: {}, keys: Object.keys(source), container, next: 0 };
}

function addMember(
  copy: ReadableObject | ReadableValue[],
  key: string | undefined,
  value: ReadableValue,
): void {
  if (key === undefined) {
    (copy as ReadableValue[]).push(value);
    return;
  }
  // Assigning to `__proto__` would set the prototype; defining it adds an ordinary member.
  Object.defineProperty(copy, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}
