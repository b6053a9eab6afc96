import type { EventSource } from '../../domain/scan.ts';
import { missingFields } from '../../query/fields/missing-fields.ts';
import type { QueryPlan } from '../options/query-options.ts';
import type { Session } from '../session.ts';

/**
 * Names the fields of `--where` that no event has, if a query found nothing, and fields with similar names.
 *
 * @param sources all events that the query is about
 * @returns whether there is such a field
 * @throws ConversationGone
 */
export async function noteMissingFields(
  { terminal }: Pick<Session, 'terminal'>,
  { comparedFields }: Pick<QueryPlan, 'comparedFields'>,
  sources: readonly EventSource[],
): Promise<boolean> {
  if (comparedFields.length === 0 || sources.every(({ slots }) => slots.length === 0)) return false;
  const { MAX_ITEMS_FOR_NAMES, nearFields } = await import('../items/asked-fields.ts');
  const { addFieldNames } = await import('../../text/field-names.ts');
  const { EVENT_FIELDS } = await import('../items/event-fields.ts');
  const names = new Set<string>();
  let looked = 0;
  const { paths, unreadable } = await missingFields(sources, comparedFields, (json) => {
    if (++looked <= MAX_ITEMS_FOR_NAMES) addFieldNames(json, names);
  });
  // A log without an event that can be read says nothing about fields.
  if (paths.length === 0 || looked === 0) return false;
  const named = paths.map((path) => {
    const field = withoutElements(path);
    const found = nearFields(field, names);
    const isKnown = EVENT_FIELDS.isKnown(field);
    const near = found.length > 0 || isKnown ? found : nearFields(field, EVENT_FIELDS.names());
    return near.length > 0 ? `${path} (did you mean ${near.join(', ')}?)` : path;
  });
  const events = unreadable > 0 ? 'event that can be read' : 'event here';
  terminal.note(`no ${events} has the field ${named.join(', ')}`);
  return true;
}

/** A path without the numbers of elements, as lists of fields have it. */
function withoutElements(path: string): string {
  return path
    .split('.')
    .filter((key) => !/^\d+$/.test(key))
    .join('.');
}
