import {
  type FieldLocation,
  isFieldPlaceholder,
  isFieldSecret,
  meaningOfField,
} from '../classification/event-fields.ts';
import type { SecretRange } from '../search/secret-range.ts';
import { credentialsAt } from './headers.ts';

/** The secret that an event's field contains, if its location suggests one; at most one range. */
export function findFieldSecret(text: string, location: FieldLocation): SecretRange[] {
  if (isFieldPlaceholder(text)) return [];
  const field = meaningOfField(location);
  if (!field) return [];
  if (field.kind === 'secret-store') return [wholeText(text, 'secret')];
  const { rule } = field.meaning;
  if (rule === 'authorization') {
    const credentials = credentialsAt(text, 0);
    return credentials ? [credentials] : [];
  }
  const isSecret = rule === 'cookie' ? text.includes('=') : isFieldSecret(text, field);
  return isSecret ? [wholeText(text, rule)] : [];
}

const wholeText = (text: string, rule: string): SecretRange => ({
  start: 0,
  end: text.length,
  rule,
  shouldRemember: true,
});
