import type { ReadableObject } from '../../text/json-value.ts';
import { findFieldSecret } from '../detectors/field-values.ts';
import { copyEvent } from '../rewriting/copy-event.ts';
import type { KnownSecrets } from './known-secrets.ts';

/**
 * Remembers what a conversation's state keeps as a secret: keys of models, the registry of secrets, the environment and
 * the headers of servers. An event can contain it with nothing around it that shows what it is.
 */
export function learnFromState(state: ReadableObject, known: KnownSecrets): void {
  copyEvent(state, (text, location) => {
    if (!location) return [];
    for (const { start, end, rule } of findFieldSecret(text, location)) {
      known.addCertain(text.slice(start, end), rule);
    }
    return [];
  });
}
