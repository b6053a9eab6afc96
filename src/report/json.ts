import type { Style } from './text/style.ts';
import { safeJson } from './text/terminal-safe.ts';

/** A value as JSON on a line of its own. */
export function renderJson(value: object, style: Style): string {
  return `${forOutput(JSON.stringify(value), style)}\n`;
}

/** JSON as it is; on a terminal with everything escaped that could control it. */
export function forOutput(json: string, style: Style): string {
  return style.isTerminal ? safeJson(json) : json;
}
