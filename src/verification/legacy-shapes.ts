import { type JsonObject, own } from '../text/json-value.ts';

/** An event as the tests for legacy shapes look at it. */
interface ParsedEvent {
  /** Class name. */
  readonly kind: string;
  readonly value: JsonObject;
}

/** A way to write an event that only SDK versions before 1.0, or the first versions after it, used. */
export interface LegacyShape {
  readonly description: string;
  matches(event: ParsedEvent): boolean;
}

const LEGACY_SHAPES: readonly LegacyShape[] = [
  {
    description: 'kind is a dotted path',
    matches: ({ value }) => String(own(value, 'kind')).includes('.'),
  },
  {
    description: 'activated_skills has its old name, activated_microagents',
    matches: ({ value }) => own(value, 'activated_microagents') !== undefined,
  },
  {
    description: 'observation.output is a string',
    matches: ({ kind, value }) =>
      kind === 'ObservationEvent' && typeof own(own(value, 'observation'), 'output') === 'string',
  },
  {
    description: 'a condensation has no llm_response_id',
    matches: ({ kind, value }) =>
      kind === 'Condensation' && own(value, 'llm_response_id') === undefined,
  },
  {
    description: 'llm_message.content is a string',
    matches: ({ value }) => typeof own(own(value, 'llm_message'), 'content') === 'string',
  },
  {
    description: 'tools are OpenAI function definitions',
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
