import { z } from 'zod';
import { STATUSES } from '../domain/state-file.ts';
import type { JsonObject } from '../text/json-value.ts';

const uuid = z.string().regex(/^(?:[0-9a-f]{32}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/i);
const objectWithKind = z.looseObject({ kind: z.string() });

/**
 * What resuming needs of a state, as far as it can be checked without the SDK's own models of agents,
 * tools and policies. Source: openhands-sdk 1.58.2, conversation/state.py.
 */
const RESUMABLE_STATE = z.looseObject({
  id: uuid,
  agent: objectWithKind.extend({ llm: z.looseObject({}) }),
  workspace: objectWithKind,
  execution_status: z.enum(STATUSES).optional(),
  max_iterations: z.int().positive().optional(),
  leaf_event_id: z.string().nullish(),
  head_is_empty: z.boolean().optional(),
  stats: z.looseObject({}).optional(),
});

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
  return schemaIssues(STATE_OF_ANY_VERSION, state);
}

/**
 * Fields of a state that would make the newest SDK known here (1.58.2) raise ValidationError on resuming.
 *
 * @returns `path: what was expected` for each; none for a state that can be resumed
 */
export function findUnresumableStateFields(state: JsonObject): string[] {
  return schemaIssues(RESUMABLE_STATE, state);
}

function schemaIssues(schema: z.ZodType, state: JsonObject): string[] {
  const issues = schema.safeParse(state).error?.issues ?? [];
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}
