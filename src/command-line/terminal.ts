import { once } from 'node:events';
import { makeStyle, type Style } from '../report/text/style.ts';
import { safeBlock, safeText } from '../report/text/terminal-safe.ts';

export interface Streams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
}

export interface TerminalOptions {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: 'auto' | 'always' | 'never';
  /** On a terminal, show in a pager what is longer than the screen. */
  readonly pager?: boolean;
}

type Pieces = Iterable<string> | AsyncIterable<string>;

/** How long work may take before a progress line shows, and how often it is redrawn. In ms. */
const PROGRESS_AFTER_MS = 500;
const PROGRESS_EVERY_MS = 100;
/** Notes can quote events, which have no bound. In UTF-16 units. */
const MAX_NOTE_CHARS = 4_000;

/** The two streams: results on stdout, all else on stderr. */
export class Terminal {
  readonly #start = performance.now();
  #progress: NodeJS.Timeout | undefined;
  #hasProgress = false;
  /** Notes that wait for the pager to leave the screen. */
  #held: string[] | undefined;

  static async open(streams: Streams, options: TerminalOptions): Promise<Terminal> {
    const { stdout, env } = streams;
    const style = await makeStyle({
      links: stdout.isTTY && (await canLink(stdout)),
      color: wantsColor(options.color, stdout.isTTY, env),
      isTerminal: stdout.isTTY ?? false,
      columns: stdout.columns,
    });
    return new Terminal(streams, options, style);
  }

  private constructor(
    readonly streams: Streams,
    readonly options: TerminalOptions,
    readonly style: Style,
  ) {
    process.once('exit', () => this.#clearProgress()); // an interrupt leaves no half line behind
  }

  /** Writes results, in few pieces, no faster than they are taken. */
  async write(pieces: Pieces): Promise<void> {
    const { stdout, env } = this.streams;
    const pager = this.options.pager && stdout.isTTY ? pagerOf(env) : '';
    const { columns, rows } = stdout;
    const isLong = (text: string) => pager !== '' && rowsOf(text, columns || 80) > (rows || 24);
    const chunks = inChunks(pieces, isLong);
    const { value: first } = await chunks.next();
    if (first === undefined) return;
    if (!isLong(first)) await this.#send(first);
    else if (await this.#page(pager, first, chunks)) return;
    for await (const chunk of chunks) await this.#send(chunk);
  }

  /** @returns whether the pager ran; if not, what it was given is written, and the rest is left */
  async #page(pager: string, first: string, rest: AsyncIterator<string>): Promise<boolean> {
    const { page } = await import('./pager.ts');
    this.#clearProgress();
    this.#held = [];
    try {
      const shown = await page(pager, chain(first, rest), this.streams.env);
      if (!shown.ran) for (const chunk of shown.taken) await this.#send(chunk);
      return shown.ran;
    } finally {
      const held = this.#held;
      this.#held = undefined;
      for (const line of held) this.streams.stderr.write(line);
    }
  }

  /** Writes bytes as they are; on a terminal, as text that can't act on it. */
  async writeBytes(bytes: Buffer): Promise<void> {
    await this.#send(this.style.isTerminal ? `${safeBlock(bytes.toString())}\n` : bytes);
  }

  /** Something good to know, unless `--quiet`. */
  note(message: string): void {
    if (!this.options.quiet) this.warn(message);
  }

  /** Something that must be known. */
  warn(message: string): void {
    this.#clearProgress();
    const text = message.length > MAX_NOTE_CHARS ? `${message.slice(0, MAX_NOTE_CHARS)}…` : message;
    const line = `convoscope: ${safeText(text)}\n`;
    if (this.#held) this.#held.push(line);
    else this.streams.stderr.write(line);
  }

  /** What was done, with `--verbose`. */
  detail(message: string): void {
    if (this.options.verbose) this.warn(message);
  }

  /** Does work that can take long; on a terminal, once it does, shows how far it is. */
  async progress<T>(work: Promise<T>, done: () => number, total: number): Promise<T> {
    const draw = () => {
      if (performance.now() - this.#start < PROGRESS_AFTER_MS || this.#held) return;
      this.#hasProgress = true;
      this.streams.stderr.write(`\rreading ${Math.min(done(), total)} of ${total} events\x1b[K`);
    };
    const isShown = this.streams.stderr.isTTY && !this.options.quiet;
    if (isShown) this.#progress = setInterval(draw, PROGRESS_EVERY_MS);
    try {
      return await work;
    } finally {
      this.#clearProgress();
    }
  }

  async #send(chunk: string | Buffer): Promise<void> {
    this.#clearProgress();
    const { stdout } = this.streams;
    if (!stdout.write(chunk)) await once(stdout, 'drain');
  }

  #clearProgress(): void {
    clearInterval(this.#progress);
    if (this.#hasProgress) this.streams.stderr.write('\r\x1b[K');
    this.#hasProgress = false;
  }
}

/** Large pieces of text, so that there are few; the first one may be small. */
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
  // Not `for await`: what is left when the pager can't be run is still to be written.
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** Whether a terminal shows links: nobody's wish about colour, but what is known of the terminal. */
async function canLink(stdout: NodeJS.WriteStream): Promise<boolean> {
  return (await import('supports-hyperlinks')).createSupportsHyperlinks(stdout);
}

/** What takes no room on a terminal: colours and links. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what it looks for
const ESCAPES = /\u001b(?:\[[\d;]*m|\]8;;[^\u001b]*\u001b\\)/g;

/** Rows that text takes on a terminal, at least if nothing in it is wide. */
function rowsOf(text: string, columns: number): number {
  const lines = text.replace(ESCAPES, '').split('\n').slice(0, -1);
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / columns)), 0);
}

/** The pager's command; empty for none. One that is not meant for us needs a terminal that can move. */
function pagerOf({ CONVOSCOPE_PAGER, PAGER, TERM }: NodeJS.ProcessEnv): string {
  const usual = !TERM || TERM === 'dumb' ? '' : (PAGER ?? 'less');
  const command = (CONVOSCOPE_PAGER ?? usual).trim();
  return command === 'cat' ? '' : command;
}

/** `--color`, then FORCE_COLOR (unless 0 or false), then NO_COLOR (unless empty), then the terminal. */
function wantsColor(
  color: TerminalOptions['color'] = 'auto',
  isTerminal: boolean | undefined,
  env: NodeJS.ProcessEnv,
): boolean {
  if (color !== 'auto') return color === 'always';
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  if (env.NO_COLOR) return false;
  return Boolean(isTerminal) && env.TERM !== 'dumb';
}
