import { safeBlock } from '../../text/terminal-safe.ts';

/** Markup that this program wrote. The page contains no other markup. */
export class Html {
  constructor(readonly markup: string) {}
}

type Value = Html | string | number | false | undefined | readonly Value[];

/**
 * Markup with values in it, in text or between the quotes of an attribute. Every text is escaped, so that none can
 * be forgotten. Characters that could deceive a reader (controls, bidirectional overrides) are written as escapes.
 */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  let markup = parts[0] as string;
  for (const [index, value] of values.entries()) markup += markupOf(value) + parts[index + 1];
  return new Html(markup);
}

function markupOf(value: Value): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'object') return value.map(markupOf).join('');
  return escapeText(String(value));
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return safeBlock(text).replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}
