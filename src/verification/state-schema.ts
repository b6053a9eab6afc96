import { z } from 'zod';
import type { JsonObject } from '../text/json-value.ts';

const uuid = z.string().regex(/^(?:[0-9a-f]{32}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/i);
/** What the state has in every SDK version. */
const STATE_OF_ANY_VERSION = z.looseObject({
  id: uuid,
  agent: z.looseObject({}),
  execution_status: z.string().nullish(),
  leaf_event_id: z.string().nullish(),
  head_is_empty: z.boolean().nullish(),
});

/**
 * Fields of a state that no SDK version could have written.
 *
 * @returns `path: what was expected` for each; none for a valid state
 */
export function findInvalidStateFields(state: JsonObject): string[] {
  const issues = STATE_OF_ANY_VERSION.safeParse(state).error?.issues ?? [];
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}
