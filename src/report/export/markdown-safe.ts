import { truncateEnd } from '../../text/truncate.ts';
import { safeBlock, safeLine } from '../text/terminal-safe.ts';
import { html } from './html/escape.ts';

/*
 * The one place that keeps foreign text from being Markdown. All of it stands in code, where no renderer looks for
 * markup, links, mentions or HTML. Text could end the code only with a run of backticks as long as its fence.
 */

/** Renderers count the backticks of a fence up to a limit, 80 or 255 for some. A longer run is spelled out. */
const MAX_RUN_BACKTICKS = 40;
const LONG_RUN = new RegExp(`\`{${MAX_RUN_BACKTICKS + 1},}`, 'g');
/** Longer text within a line is cut. In UTF-16 units. */
const MAX_INLINE_CHARS = 200;

/** A code block. Its fence is longer than any run of backticks in the text. */
export function fenced(text: string, language = ''): string {
  const safe = safeBlock(text).replace(LONG_RUN, spellOutRun);
  const fence = '`'.repeat(Math.max(3, longestRun(safe) + 1));
  return `${fence}${language}\n${safe}\n${fence}\n`;
}

/** A text as inline code. */
export function inCode(text: string): string {
  const line = safeLine(text).replace(/`{3,}/g, spellOutRun);
  const safe = shortened(line);
  if (safe === '') return '';
  const fence = '`'.repeat(longestRun(safe) + 1);
  const space = /^`|`$/.test(safe) ? ' ' : '';
  return `${fence}${space}${safe}${space}${fence}`;
}

/** A text as code within a line of HTML, such as a summary, where no Markdown is read. */
export function inHtmlCode(text: string): string {
  const safe = shortened(safeLine(text));
  return html`<code>${safe}</code>`.markup;
}

function shortened(line: string): string {
  return line.length > MAX_INLINE_CHARS ? `${truncateEnd(line, MAX_INLINE_CHARS)}…` : line;
}

/** A run of backticks as `\x60{255}`, which has its length. */
function spellOutRun(run: string): string {
  return `\\x60{${run.length}}`;
}

/** The length of the longest run of backticks. */
function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
