import { visibleJson } from './text/terminal-safe.ts';
import type { Style } from './text/style.ts';

/** A value as JSON on a line of its own. */
export function renderJson(value: object, style: Style): string {
  const json = JSON.stringify(value);
  return `${style.isTerminal ? visibleJson(json) : json}\n`;
}
