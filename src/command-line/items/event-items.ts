import type { EventSource } from '../../domain/scan.ts';
import type { ResultLine } from '../../query/page.ts';
import { itemsOf, type SelectRow } from '../../query/result-items.ts';
import type { FieldKnowledge, ReadItems } from './field-knowledge.ts';

/** The events of a result, for `printItems`. */
export function eventItems(
  source: EventSource,
  lines: readonly ResultLine[],
): { read: ReadItems; knowledge: () => Promise<FieldKnowledge> } {
  return {
    async *read() {
      // What can't be read is reported when the events are printed.
      for await (const { row } of itemsOf(source, lines, ({ text }) => text, [])) yield row;
    },
    knowledge: async () => (await import('./event-fields.ts')).EVENT_FIELDS,
  };
}

/** Selects the same, and shows the JSON of each event to `see`. */
export function seeing<T>(select: SelectRow<T>, see: (json: string) => void): SelectRow<T> {
  return (event, isHit) => {
    see(event.text);
    return select(event, isHit);
  };
}
