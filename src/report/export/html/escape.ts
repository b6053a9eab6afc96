import { safeBlock } from '../../text/terminal-safe.ts';

/** Markup of this room's own making. Nothing else is put into the page as it is. */
export class Html {
  constructor(readonly markup: string) {}
}

type Value = Html | string | number | false | undefined | readonly Value[];

/**
 * Markup with values in it, in text or between the quotes of an attribute. A text is escaped, and what could
 * act on a reader's eye (controls, bidirectional overrides) is spelled out: so nothing can be forgotten.
 */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  let markup = parts[0] as string;
  for (const [at, value] of values.entries()) markup += markupOf(value) + parts[at + 1];
  return new Html(markup);
}

function markupOf(value: Value): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'object') return value.map(markupOf).join('');
  return escaped(String(value));
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return safeBlock(text).replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}
