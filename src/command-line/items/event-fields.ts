import { eventFieldNames, isEventField } from '../../verification/sdk/event-fields.ts';
import type { FieldKnowledge } from './field-knowledge.ts';

/** The fields of events, as the SDK's schemas of all versions and kinds have them. */
export const EVENT_FIELDS: FieldKnowledge = {
  item: 'event',
  isKnown: (path) => isEventField(path),
  names: () => eventFieldNames(),
};
