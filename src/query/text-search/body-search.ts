import type { LoadedEvent } from '../../domain/event.ts';
import { literalRanges } from '../../text/matching/literal-ranges.ts';
import { readableQuery } from '../../text/readable-text.ts';
import { messageBody, visibleFields } from '../../text/visible-text.ts';
import type { FieldMatches } from './field-matches.ts';

/** The fields that `messageBody` is made of. */
const BODY_FIELDS = new Set([
  'llm_message.content',
  'llm_message.content.text',
  'llm_message.reasoning_content',
  'extended_content',
  'extended_content.text',
]);

/** Finds messages by their text, as the agent-server's `body` filter does: in the stored text, ignoring case. */
export class BodySearch {
  readonly #needle: string;

  constructor(readonly body: string) {
    this.#needle = body.toLowerCase();
  }

  holdsFor({ entry, value }: LoadedEvent): boolean {
    return entry.kind === 'MessageEvent' && messageBody(value).toLowerCase().includes(this.#needle);
  }

  /**
   * Where the readable text of a message contains what was searched for. That is nowhere if only the stored text contains it,
   * or if it begins in one field and ends in another.
   */
  matchesIn({ value }: LoadedEvent): FieldMatches[] {
    const needle = readableQuery(this.body);
    return [...visibleFields(value)]
      .filter(({ fieldName }) => BODY_FIELDS.has(fieldName))
      .map((field) => ({ field, text: field.text }))
      .map((found) => ({ ...found, ranges: literalRanges(found.text, needle, true) }))
      .filter(({ ranges }) => ranges.length > 0);
  }
}
