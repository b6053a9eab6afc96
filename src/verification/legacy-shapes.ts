import { type JsonObject, type JsonValue, own } from '../text/json-value.ts';

/** An event as the tests for legacy shapes look at it. */
interface ParsedEvent {
  /** Class name. */
  readonly kind: string;
  readonly value: JsonObject;
  /** The JSON text of the event. */
  readonly json: string;
}

/** A way to write an event that only SDK versions before 1.0, or the first versions after it, used. */
export interface LegacyShape {
  readonly description: string;
  /** Whether the newest SDK known here (1.58.2) still reads the shape. */
  readonly isStillRead: boolean;
  matches(event: ParsedEvent): boolean;
}

const LEGACY_SHAPES: readonly LegacyShape[] = [
  {
    description: 'a string contains half of a surrogate pair',
    isStillRead: false,
    // Almost no event contains such an escape, and `includes` finds that out quickly.
    matches: ({ value, json }) =>
      json.includes('\\u') && /\\ud[89a-f]/i.test(json) && hasLoneSurrogate(value),
  },
  {
    description: 'kind is a dotted path',
    isStillRead: false,
    matches: ({ value }) => String(own(value, 'kind')).includes('.'),
  },
  {
    description: 'activated_skills has its old name, activated_microagents',
    isStillRead: false,
    matches: ({ value }) => own(value, 'activated_microagents') !== undefined,
  },
  {
    description: 'observation.output is a string',
    isStillRead: false,
    matches: ({ kind, value }) =>
      kind === 'ObservationEvent' && typeof own(own(value, 'observation'), 'output') === 'string',
  },
  {
    description: 'a condensation has no llm_response_id',
    isStillRead: true,
    matches: ({ kind, value }) =>
      kind === 'Condensation' && own(value, 'llm_response_id') === undefined,
  },
  {
    description: 'llm_message.content is a string',
    isStillRead: true,
    matches: ({ value }) => typeof own(own(value, 'llm_message'), 'content') === 'string',
  },
  {
    description: 'tools are OpenAI function definitions',
    isStillRead: false,
    matches: ({ value }) => {
      const tools = own(value, 'tools');
      return Array.isArray(tools) && own(own(tools, '0'), 'function') !== undefined;
    },
  },
];

/** The legacy shapes that an event has. */
export function findLegacyShapes(event: ParsedEvent): readonly LegacyShape[] {
  return LEGACY_SHAPES.filter((shape) => shape.matches(event));
}

/** The first SDK versions wrote such strings; newer versions refuse to read them. */
function hasLoneSurrogate(event: JsonObject): boolean {
  // A stack instead of recursion: an event can be nested deeper than the call stack.
  const pending: JsonValue[] = [event];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value === 'string' && !value.isWellFormed()) return true;
    if (typeof value === 'object' && value !== null) {
      for (const [key, child] of Object.entries(value)) pending.push(key, child);
    }
  }
  return false;
}
