import type { JsonValue } from './json-value.ts';

/** Levels that are told; nesting is hostile, and nobody reads deeper. */
const MAX_FORMATTED_DEPTH = 24;

/** A JSON value written out over lines, as JSON but for `…` in the place of what is nested too deep. */
export function formatJson(value: JsonValue): string {
  return write(value, MAX_FORMATTED_DEPTH, '\n');
}

/** The same on one line. */
export function formatJsonInline(value: JsonValue): string {
  return write(value, MAX_FORMATTED_DEPTH, '');
}

/** Recursion is bounded by the levels. @param line what a new line begins with; none for one line */
function write(value: JsonValue, levels: number, line: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const keys = Object.keys(value);
  if (keys.length === 0) return `${open}${close}`;
  if (levels === 0) return `${open}…${close}`;
  const inner = line && `${line}  `;
  const space = line ? ' ' : '';
  const parts = keys.map((key) => {
    const member = (value as Record<string, JsonValue>)[key] as JsonValue;
    const written = write(member, levels - 1, inner);
    return Array.isArray(value) ? written : `${JSON.stringify(key)}:${space}${written}`;
  });
  return `${open}${inner}${parts.join(`,${inner}`)}${line}${close}`;
}
