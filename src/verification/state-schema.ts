import { z } from 'zod';
import { STATUSES } from '../domain/state-file.ts';
import type { JsonObject } from '../text/json-value.ts';

const uuid = z.string().regex(/^(?:[0-9a-f]{32}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/i);
const model = z.looseObject({ kind: z.string() });

/*
 * What of a state is checked: what resuming needs, as far as it can be told without the SDK's own
 * models of agents, tools and policies. Source: openhands-sdk 1.58.2, conversation/state.py.
 */
const STATE = z.looseObject({
  id: uuid,
  agent: model.extend({ llm: z.looseObject({}) }),
  workspace: model,
  execution_status: z.enum(STATUSES).optional(),
  max_iterations: z.int().positive().optional(),
  leaf_event_id: z.string().nullish(),
  head_is_empty: z.boolean().optional(),
  stats: z.looseObject({}).optional(),
});

/** What every version writes. */
const ALWAYS = z.looseObject({
  id: uuid,
  agent: z.looseObject({}),
  execution_status: z.string().nullish(),
  leaf_event_id: z.string().nullish(),
  head_is_empty: z.boolean().nullish(),
});

/** What of a state no version could have written, `path: what was expected`; none for a sound one. */
export function stateFaults(state: JsonObject): string[] {
  return problemsOf(ALWAYS, state);
}

/** What of a state would keep it from being resumed, `path: what was expected`; none for a sound one. */
export function stateProblems(state: JsonObject): string[] {
  return problemsOf(STATE, state);
}

function problemsOf(schema: z.ZodType, state: JsonObject): string[] {
  const issues = schema.safeParse(state).error?.issues ?? [];
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}
