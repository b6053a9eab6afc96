import { ALL_EVENTS, type EventSource } from '../../domain/scan.ts';
import { readableEvent } from '../../text/readable-event.ts';
import { hasField } from './field-comparison.ts';

/** The fields that no event has. */
export interface MissingFields {
  /** Paths, in the order in which they were asked for. */
  readonly paths: readonly string[];
  /** Events that can't be read. They can have the fields. */
  readonly unreadable: number;
}

/**
 * Finds the fields that no event has. Events are read only until all fields were found.
 *
 * @param paths as `--where` has them, such as `action.path`
 * @param see receives the JSON of each event that is looked at
 * @throws ConversationGone
 */
export async function missingFields(
  sources: readonly EventSource[],
  paths: readonly string[],
  see: (json: string) => void,
): Promise<MissingFields> {
  const missing = new Set(paths);
  let unreadable = 0;
  for (const source of sources) {
    if (missing.size === 0) break;
    await source.scan([...source.slots.keys()], ALL_EVENTS, {
      entry(_, event) {
        if (!event) return undefined;
        see(event.text);
        for (const path of missing) {
          if (hasField(path.split('.'), readableEvent(event))) missing.delete(path);
        }
        return missing.size === 0;
      },
      fault() {
        unreadable++;
        return undefined;
      },
    });
  }
  return { paths: [...missing], unreadable };
}
