import { StoredFile } from './inline-data.ts';
import { StoredNumber } from './stored-number.ts';

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** A parsed JSON object. Any key can occur, even `__proto__`, so read members with `own`. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A value in the readable form of an event. See readable-event.ts. */
export type ReadableValue =
  | string
  | number
  | boolean
  | null
  | StoredNumber
  | StoredFile
  | ReadableValue[]
  | ReadableObject;

export interface ReadableObject {
  readonly [key: string]: ReadableValue;
}

/** Whether a value is a number or a file in its stored form, and not an object with members. */
export function isStored(value: ReadableValue): value is StoredNumber | StoredFile {
  return value instanceof StoredNumber || value instanceof StoredFile;
}

/** A member of a JSON object; undefined if there is none. Inherited properties are ignored. */
export function own(value: JsonValue | undefined, key: string): JsonValue | undefined;
export function own(value: ReadableValue | undefined, key: string): ReadableValue | undefined;
export function own(value: ReadableValue | undefined, key: string): ReadableValue | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as ReadableObject)[key];
}

/** A member of a JSON object if it is a string, else undefined. */
export function ownString(value: ReadableValue | undefined, key: string): string | undefined {
  const member = own(value, key);
  return typeof member === 'string' ? member : undefined;
}
