import { expect, test } from 'vitest';
import { z } from 'zod';
import { schemaFieldNames } from '../../src/report/schemas/field-names.ts';

test('the fields of a schema are those of objects, lists and what can be null', () => {
  const schema = z.object({
    plain: z.string(),
    object: z.object({ inner: z.int() }).nullable(),
    list: z.array(z.object({ of: z.object({ item: z.string() }) })).optional(),
    any: z.unknown(),
    record: z.record(z.string(), z.int()),
  });
  expect(schemaFieldNames(schema)).toEqual([
    ...['plain', 'object', 'object.inner', 'list', 'list.of', 'list.of.item', 'any', 'record'],
  ]);
});
