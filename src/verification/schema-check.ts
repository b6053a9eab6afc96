import { z } from 'zod';
import type { LoadedEvent } from '../domain/event.ts';
import { type JsonObject, type JsonValue, own } from '../text/json-value.ts';
import { COMMON_FIELDS, FIELDS_BY_KIND } from './event-schemas.ts';
import { findLegacyShapes } from './legacy-shapes.ts';
import { unreadableJson } from './sdk/json-limits.ts';
import type { Refusal } from './sdk/problem.ts';
import type { SdkVersion } from './sdk/sdk-version.ts';

/** How an event differs from the schema of its kind. */
export interface SchemaCheck {
  readonly isKnownKind: boolean;
  /** Paths of missing fields that every version writes, such as `llm_message.role`. */
  readonly missingFields: readonly string[];
  /** Fields with a value that no version accepts: `path: what was expected`. */
  readonly badFields: readonly string[];
  /** Names of top-level fields that no version has. */
  readonly unknownFields: readonly string[];
  /** Descriptions of shapes that only early versions wrote. */
  readonly legacyShapes: readonly string[];
  /** Whether the newest SDK known here does not read the event. */
  readonly isRefused: boolean;
  /** Why each of the judging versions does not read the event, in their order; undefined where it does. */
  readonly refusals: readonly (Refusal | undefined)[];
}

const fieldsByKind = new Map(Object.entries(FIELDS_BY_KIND));
const schemaByKind = new Map(
  Object.entries(FIELDS_BY_KIND).map(([kind, fields]) => [
    kind,
    z.looseObject({ ...COMMON_FIELDS, ...fields }),
  ]),
);
const commonSchema = z.looseObject(COMMON_FIELDS);

/** Fields that every version writes, and for which versions have a default. */
const DEFAULTED_FIELDS = ['id', 'timestamp', 'source'] as const;

/**
 * Checks an event against the schema of its kind, as far as every SDK version agrees on it, and with the schemas
 * of the judging versions.
 *
 * @param kind class name
 * @param judges SDK versions, of which the first is the newest
 */
export function checkEvent(
  kind: string,
  event: LoadedEvent,
  judges: readonly SdkVersion[],
): SchemaCheck {
  const { value, text: json } = event;
  const legacyShapes = findLegacyShapes({ kind, value }).map(({ description }) => description);
  const isKnownKind = fieldsByKind.has(kind);
  const unreadable = unreadableJson(value, json);
  const refusals = unreadable ? judges.map(() => unreadable) : refusalsBy(judges, kind, value);
  const [newest] = refusals;
  const found = newest
    ? disagreements(kind, value, newest)
    : {
        missingFields: DEFAULTED_FIELDS.filter((field) => !Object.hasOwn(value, field)),
        badFields: [],
        unknownFields: [],
      };
  const badFields = unreadable
    ? [...found.badFields, ...unreadable.problems.map(({ message }) => message)]
    : found.badFields;
  return {
    ...found,
    badFields,
    isKnownKind,
    legacyShapes,
    isRefused: newest !== undefined,
    refusals,
  };
}

const NO_REFUSALS: readonly undefined[] = [];

/** Judges the event once for all versions that have the same schemas for its kind. */
function refusalsBy(
  judges: readonly SdkVersion[],
  kind: string,
  value: JsonObject,
): readonly (Refusal | undefined)[] {
  const [newest] = judges;
  if (judges.length === 1 && newest) {
    const refusal = newest.refusalOfEvent(value);
    return refusal ? [refusal] : NO_REFUSALS;
  }
  const byShape = new Map<number, Refusal | undefined>();
  const refusals = judges.map((judge) => {
    const shape = judge.shapeOf(kind);
    if (!byShape.has(shape)) byShape.set(shape, judge.refusalOfEvent(value));
    return byShape.get(shape);
  });
  return refusals.some(Boolean) ? refusals : NO_REFUSALS;
}

/** What no version accepts in an event that the newest version refuses. */
function disagreements(
  kind: string,
  event: JsonObject,
  refusal: Refusal,
): Pick<SchemaCheck, 'missingFields' | 'badFields' | 'unknownFields'> {
  const fields = fieldsByKind.get(kind);
  const { error } = (schemaByKind.get(kind) ?? commonSchema).safeParse(event);
  const issues = error?.issues ?? [];
  const isMissing = (path: PropertyKey[]) => valueAt(event, path) === undefined;
  const missingFields = issues
    .filter(({ path }) => isMissing(path))
    .map(({ path }) => path.join('.'));
  // Versions convert values: `"true"` to a boolean. A field that the newest one accepts is not bad.
  const refused = new Set(refusal.problems.map(({ path }) => path[0]));
  const isRefused = (path: PropertyKey[]) =>
    refused.has(undefined) || refused.has(path[0] as string) || !fields;
  const badFields = issues
    .filter(({ path }) => !isMissing(path) && isRefused(path))
    .map(({ path, message }) => `${path.join('.')}: ${message}`);
  const unknownFields = fields ? Object.keys(event).filter((key) => !isField(fields, key)) : [];
  return { missingFields, badFields, unknownFields };
}

function isField(fields: z.ZodRawShape, key: string): boolean {
  return Object.hasOwn(fields, key) || Object.hasOwn(COMMON_FIELDS, key);
}

function valueAt(event: JsonObject, path: PropertyKey[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((value, key) => own(value, String(key)), event);
}
