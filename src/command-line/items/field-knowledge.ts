import type { SchemaName } from '../../report/schemas/index.ts';

/** The items of an answer, as JSON. Each call reads them again, from the first one on. */
export type ReadItems = () => AsyncIterable<string>;

/** What the fields of items are checked against. */
export interface FieldKnowledge {
  /** What an item is called in messages. */
  readonly item: string;
  /** Whether an item can have the field, even if none of the answer does. */
  isKnown(path: string): boolean;
  /** Fields that items can have, to find similar ones. */
  names(): Iterable<string>;
}

/** The fields of a schema. @param item what an item is called in messages */
export async function knowledgeOf(item: string, schema: SchemaName): Promise<FieldKnowledge> {
  const { fieldNamesIn } = await import('../../report/schemas/field-names.ts');
  const names = new Set(fieldNamesIn(schema));
  return { item, isKnown: (path) => names.has(path), names: () => names };
}
