export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** A parsed JSON object. Any key can occur, even `__proto__`, so read members with `own`. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A member of a JSON object; undefined if there is none. Inherited properties are ignored. */
export function own(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as JsonObject)[key];
}

/** A member of a JSON object if it is a string, else undefined. */
export function ownString(value: JsonValue | undefined, key: string): string | undefined {
  const member = own(value, key);
  return typeof member === 'string' ? member : undefined;
}
