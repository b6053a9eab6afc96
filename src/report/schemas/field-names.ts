import { z } from 'zod';
import { SCHEMAS, type SchemaName } from './index.ts';

/** What is used here of a JSON Schema. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/** The paths of all fields that what a command prints can have. */
export function fieldNamesIn(name: SchemaName): string[] {
  return schemaFieldNames(SCHEMAS[name]);
}

/** The paths of all fields that values of a schema can have, such as `a` and `b.c`. The fields of a list are those of its elements. */
export function schemaFieldNames(schema: z.ZodType): string[] {
  return [...new Set(namesBelow(z.toJSONSchema(schema) as Schema, ''))];
}

function namesBelow({ properties = {}, items, anyOf = [] }: Schema, prefix: string): string[] {
  return [
    ...Object.entries(properties).flatMap(([key, value]) => [
      prefix + key,
      ...namesBelow(value, `${prefix}${key}.`),
    ]),
    ...(items ? namesBelow(items, prefix) : []),
    ...anyOf.flatMap((form) => namesBelow(form, prefix)),
  ];
}
