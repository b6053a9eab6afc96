import type { SchemaName } from '../schemas/index.ts';

/** The items of a report, of which `--fields` selects fields. */
export interface FieldList {
  /** What an item is called in messages. */
  readonly item: string;
  /** The items, as in JSON. */
  readonly items: readonly object[];
  /** The JSON document that contains the given items in place of all. */
  readonly documentOf: (items: readonly object[]) => object;
  /** The schema of an item. */
  readonly schema: SchemaName;
}
