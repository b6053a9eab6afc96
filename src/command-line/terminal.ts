import type { Pieces } from '../report/output-formats.ts';
import { makeStyle, type Style } from '../report/text/style.ts';
import { safeText } from '../report/text/terminal-safe.ts';
import { truncateEnd } from '../text/truncate.ts';
import { formatNumber } from '../text/wording.ts';
import { monotonicMs } from '../time/monotonic.ts';
import type { ColorChoice } from './options/common-options.ts';
import type { Output, Streams } from './output.ts';

export interface TerminalOptions {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: ColorChoice;
  /** On a terminal, show output in a pager if it is longer than the screen. */
  readonly pager: boolean;
}

/** How long work takes before a progress line appears, and how often it is redrawn. In ms. */
const PROGRESS_AFTER_MS = 500;
const PROGRESS_EVERY_MS = 100;
const CURSOR_UP = '\x1b[A';
/** Notes can quote events, which can be of any length. In UTF-16 units. */
const MAX_NOTE_CHARS = 4_000;

/** The two streams: results on stdout, all else on stderr. */
export class Terminal {
  readonly #start = monotonicMs();
  #progress: NodeJS.Timeout | undefined;
  #hasProgress = false;
  /** Notes that wait until the pager has left the screen. */
  #held: string[] | undefined;

  static async open(streams: Streams, options: TerminalOptions): Promise<Terminal> {
    const { stdout, env } = streams;
    const style = await makeStyle({
      links: stdout.isTerminal && (await canLink(stdout)),
      color: wantsColor(options.color, stdout.isTerminal, env),
      isTerminal: stdout.isTerminal,
      columns: stdout.size.columns,
    });
    return new Terminal(streams, options, style);
  }

  private constructor(
    readonly streams: Streams,
    readonly options: TerminalOptions,
    readonly style: Style,
  ) {}

  /** Writes results in a few large chunks, no faster than they are read. */
  async write(pieces: Pieces): Promise<void> {
    const { stdout, env } = this.streams;
    const pager = this.options.pager && stdout.isTerminal ? pagerOf(env) : '';
    const { columns, rows } = stdout.size;
    const isLong = (text: string) => pager !== '' && rowsOf(text, columns || 80) > (rows || 24);
    const chunks = inChunks(pieces, isLong);
    const { value: first } = await chunks.next();
    if (first === undefined) return;
    if (!isLong(first)) await this.#send(first);
    else if (await this.#page(pager, first, chunks)) return;
    for await (const chunk of chunks) await this.#send(chunk);
  }

  /** @returns whether the pager ran; if not, the chunks taken for it are written, and the rest is left */
  async #page(pager: string, first: string, rest: AsyncIterator<string>): Promise<boolean> {
    const { page } = await import('./pager.ts');
    this.#clearProgress();
    this.#held = [];
    try {
      const shown = await page(pager, this.#safe(chain(first, rest)), this.streams.env);
      if (!shown.ran) for (const chunk of shown.taken) await this.#send(chunk);
      return shown.ran;
    } finally {
      const held = this.#held;
      this.#held = undefined;
      for (const line of held) this.streams.stderr.write(line);
    }
  }

  /** Writes bytes as they are; on a terminal, as text that can't control it. */
  writeBytes(bytes: Buffer): Promise<void> {
    return this.#send(bytes);
  }

  async *#safe(chunks: AsyncIterable<string>): AsyncGenerator<string> {
    for await (const chunk of chunks) yield this.streams.stdout.safe(chunk);
  }

  /** Prints annotations for the workflow runner of GitHub from now on, and keeps all else from being its command. */
  protectRunner(): void {
    this.streams.stdout.protectRunner(true);
    this.streams.stderr.protectRunner(false);
  }

  /** Prints something useful to know, unless `--quiet` is given. */
  note(message: string): void {
    if (!this.options.quiet) this.warn(message);
  }

  /** Prints something that the user must know. */
  warn(message: string): void {
    this.#clearProgress();
    const text =
      message.length > MAX_NOTE_CHARS ? `${truncateEnd(message, MAX_NOTE_CHARS)}…` : message;
    const line = `convoscope: ${safeText(text)}\n`;
    if (this.#held) this.#held.push(line);
    else this.streams.stderr.write(line);
  }

  /** Prints what was done, if `--verbose` is given. */
  detail(message: string): void {
    if (this.options.verbose) this.warn(message);
  }

  /** Does work that can take long. On a terminal, a line shows its progress once it does. */
  async progress<T>(work: Promise<T>, done: () => number, total: number): Promise<T> {
    const draw = () => {
      if (monotonicMs() - this.#start < PROGRESS_AFTER_MS || this.#held) return;
      // The cursor waits on the line below, so that an interrupt leaves no half line before the shell's prompt.
      const up = this.#hasProgress ? CURSOR_UP : '';
      this.#hasProgress = true;
      this.streams.stderr.control(
        `${up}\rreading ${formatNumber(Math.min(done(), total))} of ${formatNumber(total)} events\x1b[K\n`,
      );
    };
    const isShown = this.streams.stderr.isTerminal && !this.options.quiet;
    if (isShown) this.#progress = setInterval(draw, PROGRESS_EVERY_MS);
    try {
      return await work;
    } finally {
      this.#clearProgress();
    }
  }

  async #send(chunk: string | Buffer): Promise<void> {
    this.#clearProgress();
    await this.streams.stdout.send(chunk);
  }

  #clearProgress(): void {
    clearInterval(this.#progress);
    if (this.#hasProgress) this.streams.stderr.control(`${CURSOR_UP}\r\x1b[K`);
    this.#hasProgress = false;
  }
}

/** Joins pieces into few large chunks. The first chunk may be small. */
async function* inChunks(
  pieces: Pieces,
  isFirst: (text: string) => boolean,
): AsyncGenerator<string, undefined> {
  let chunk = '';
  let hasFirst = false;
  for await (const piece of pieces) {
    chunk += piece;
    if (chunk.length < 65_536 && (hasFirst || !isFirst(chunk))) continue;
    yield chunk;
    hasFirst = true;
    chunk = '';
  }
  if (chunk) yield chunk;
}

async function* chain(first: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield first;
  // Not `for await`, which would end the iterator: if the pager can't run, the rest is still needed.
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** Whether a terminal can show links. This is a property of the terminal, not a choice about colour. */
async function canLink({ stream }: Output): Promise<boolean> {
  return (await import('supports-hyperlinks')).createSupportsHyperlinks(stream);
}

/** What takes no columns on a terminal: colours and links. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what it looks for
const ESCAPES = /\u001b(?:\[[\d;]*m|\]8;;[^\u001b]*\u001b\\)/g;

/** Rows that text takes on a terminal, if no character in it is wide. */
function rowsOf(text: string, columns: number): number {
  const lines = text.replace(ESCAPES, '').split('\n').slice(0, -1);
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / columns)), 0);
}

/** The pager's command; empty for none. A pager that is not set for convoscope needs a terminal that is not dumb. */
function pagerOf({ CONVOSCOPE_PAGER, PAGER, TERM }: NodeJS.ProcessEnv): string {
  const usual = !TERM || TERM === 'dumb' ? '' : (PAGER ?? 'less');
  const command = (CONVOSCOPE_PAGER ?? usual).trim();
  return command === 'cat' ? '' : command;
}

/** `--color`, then FORCE_COLOR (unless 0 or false), then NO_COLOR (unless empty), then the terminal. */
function wantsColor(color: ColorChoice, isTerminal: boolean, env: NodeJS.ProcessEnv): boolean {
  if (color !== 'auto') return color === 'always';
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  if (env.NO_COLOR) return false;
  return isTerminal && env.TERM !== 'dumb';
}
