import type { Style } from './text/style.ts';
import { safeJson } from './text/terminal-safe.ts';

/** A value as one line of JSON. */
export function renderJson(value: object, style: Style): string {
  return `${forOutput(JSON.stringify(value), style)}\n`;
}

/** JSON for output. On a terminal, characters that could control it are escaped. */
export function forOutput(json: string, style: Style): string {
  return style.isTerminal ? safeJson(json) : json;
}
