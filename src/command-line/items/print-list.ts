import type { FieldList } from '../../report/fields/field-list.ts';
import { type OutputFormats, render } from '../../report/output-formats.ts';
import type { FieldsPlan } from '../options/fields-options.ts';
import type { Terminal } from '../terminal.ts';
import { knowledgeOf } from './field-knowledge.ts';
import { printItems } from './print-items.ts';

/** How a list is printed. */
export interface ListOutputPlan<F extends string> extends FieldsPlan {
  readonly format: F;
}

/**
 * Prints a report, or with `--fields` only some fields of its items, or their names.
 *
 * @param formats the output formats of the report's view
 * @param listOf makes the list; it is called only with `--fields`
 * @throws UsageError for a field that no item has
 */
export async function printList<R, F extends string>(
  terminal: Terminal,
  plan: ListOutputPlan<F>,
  {
    formats,
    report,
    listOf,
  }: {
    readonly formats: OutputFormats<R> & Record<F, unknown>;
    readonly report: R;
    readonly listOf: (report: R) => FieldList;
  },
): Promise<void> {
  const { fields, listsFields, format } = plan;
  if (fields === undefined && !listsFields) {
    return terminal.write(render(formats, format, report, terminal.style));
  }
  const { FIELDS_FORMATS } = await import('../../report/fields/formats.ts');
  const { item, items, documentOf, schema } = listOf(report);
  async function* read() {
    for (const one of items) yield JSON.stringify(one);
  }
  const knowledge = () => knowledgeOf(item, schema);
  await printItems({ terminal }, plan, { read, knowledge }, async (see) => {
    for await (const json of read()) see(json);
    const selected = { items, fields: fields ?? [], documentOf };
    const named = format as keyof typeof FIELDS_FORMATS;
    await terminal.write(render(FIELDS_FORMATS, named, selected, terminal.style));
  });
}
