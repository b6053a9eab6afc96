import { z } from 'zod';
import type { LoadedEvent } from '../domain/event.ts';
import { type JsonObject, type JsonValue, own } from '../text/json-value.ts';
import { COMMON_FIELDS, FIELDS_BY_KIND } from './event-schemas.ts';
import { findLegacyShapes } from './legacy-shapes.ts';

/** How an event differs from the schema of its kind, as far as all SDK versions agree on the schema. */
export interface SchemaCheck {
  readonly isKnownKind: boolean;
  /** Paths of missing fields that every version writes, such as `llm_message.role`. */
  readonly missingFields: readonly string[];
  /** Fields with a value that no version could have written: `path: what was expected`. */
  readonly badFields: readonly string[];
  /** Names of top-level fields that no version has. */
  readonly unknownFields: readonly string[];
  /** Descriptions of shapes that only early versions wrote. */
  readonly legacyShapes: readonly string[];
  /** Whether the newest SDK known here (1.58.2) would raise ValidationError. */
  readonly isRefused: boolean;
}

const fieldsByKind = new Map(Object.entries(FIELDS_BY_KIND));
const schemaByKind = new Map(
  Object.entries(FIELDS_BY_KIND).map(([kind, fields]) => [
    kind,
    z.looseObject({ ...COMMON_FIELDS, ...fields }),
  ]),
);
const commonSchema = z.looseObject(COMMON_FIELDS);

/** Fields that every version writes, and that the newest version fills in where they are missing. */
const DEFAULTED_FIELDS = new Set(['id', 'timestamp', 'source']);
/** Kinds for which the newest version has no default source. */
const KINDS_WITHOUT_DEFAULT_SOURCE = new Set([
  'MessageEvent',
  'ConversationErrorEvent',
  'TokenEvent',
]);

/** Levels of nesting that the SDK's JSON parser accepts. The event itself is the first level. */
const MAX_NESTING_LEVELS = 200;

/**
 * Checks an event against the schema of its kind. For an unknown kind, only the common fields are
 * checked.
 *
 * @param kind class name
 */
export function checkEvent(kind: string, { value: event, text: json }: LoadedEvent): SchemaCheck {
  const fields = fieldsByKind.get(kind);
  const { error } = (schemaByKind.get(kind) ?? commonSchema).safeParse(event);
  const issues = error?.issues ?? [];
  const isMissing = (path: PropertyKey[]) => valueAt(event, path) === undefined;
  const missingFields = issues
    .filter(({ path }) => isMissing(path))
    .map(({ path }) => path.join('.'));
  const badFields = issues
    .filter(({ path }) => !isMissing(path))
    .map(({ path, message }) => `${path.join('.')}: ${message}`);
  if (isNestedDeeper(event, MAX_NESTING_LEVELS)) {
    badFields.push(`nested deeper than the ${MAX_NESTING_LEVELS} levels that the SDK reads`);
  }
  const unknownFields = fields ? Object.keys(event).filter((key) => !isField(fields, key)) : [];
  const legacyShapes = findLegacyShapes({ kind, value: event, json });
  const isRefused =
    fields === undefined ||
    missingFields.some((field) => isRequired(field, kind)) ||
    badFields.length > 0 ||
    unknownFields.length > 0 ||
    legacyShapes.some(({ isStillRead }) => !isStillRead);
  return {
    isKnownKind: fields !== undefined,
    missingFields,
    badFields,
    unknownFields,
    legacyShapes: legacyShapes.map(({ description }) => description),
    isRefused,
  };
}

/** Whether the newest version raises ValidationError for an event without the field. */
function isRequired(field: string, kind: string): boolean {
  if (field === 'source') return KINDS_WITHOUT_DEFAULT_SOURCE.has(kind);
  return !DEFAULTED_FIELDS.has(field);
}

function isField(fields: z.ZodRawShape, key: string): boolean {
  return Object.hasOwn(fields, key) || Object.hasOwn(COMMON_FIELDS, key);
}

function valueAt(event: JsonObject, path: PropertyKey[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((value, key) => own(value, String(key)), event);
}

/** Whether a value has more levels of lists and objects. The recursion goes no deeper than `levels`. */
function isNestedDeeper(value: JsonValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((child) => isNestedDeeper(child, levels - 1));
}
