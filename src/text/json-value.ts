export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** A parsed JSON object. Keys are hostile (`__proto__` included): read them with `own`. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Own property of a JSON value: never one that an object inherits. */
export function own(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as JsonObject)[key];
}

/** Own property where it is a string. */
export function ownString(value: JsonValue | undefined, key: string): string | undefined {
  const member = own(value, key);
  return typeof member === 'string' ? member : undefined;
}
