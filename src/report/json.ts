import type { Style } from './text/style.ts';
import { safeJson } from './text/terminal-safe.ts';

/** A value as JSON on a line of its own. */
export function renderJson(value: object, style: Style): string {
  const json = JSON.stringify(value);
  return `${style.isTerminal ? safeJson(json) : json}\n`;
}
