import { StoredFile } from './inline-data.ts';
import type { ReadableValue } from './json-value.ts';
import { StoredNumber } from './stored-number.ts';

/** Deeper levels are not written: nobody reads them, and a hostile value can be nested without end. */
const MAX_FORMATTED_DEPTH = 24;

/** Formats a JSON value over several lines. The result is JSON, except for `…` where the nesting is too deep. */
export function formatJson(value: ReadableValue): string {
  return write(value, MAX_FORMATTED_DEPTH, '\n');
}

/** Formats a JSON value on one line. */
export function formatJsonInline(value: ReadableValue): string {
  return write(value, MAX_FORMATTED_DEPTH, '');
}

/**
 * Recursion is bounded by the levels.
 *
 * @param levels how many levels are still written
 * @param lineStart a newline and the indentation; empty for a result on one line
 */
function write(value: ReadableValue, levels: number, lineStart: string): string {
  if (value instanceof StoredNumber) return String(value);
  if (value instanceof StoredFile) return JSON.stringify(String(value));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const keys = Object.keys(value);
  if (keys.length === 0) return `${open}${close}`;
  if (levels === 0) return `${open}…${close}`;
  const inner = lineStart && `${lineStart}  `;
  const space = lineStart ? ' ' : '';
  const parts = keys.map((key) => {
    const member = (value as Record<string, ReadableValue>)[key] as ReadableValue;
    const written = write(member, levels - 1, inner);
    return Array.isArray(value) ? written : `${JSON.stringify(key)}:${space}${written}`;
  });
  return `${open}${inner}${parts.join(`,${inner}`)}${lineStart}${close}`;
}
