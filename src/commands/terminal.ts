import { once } from 'node:events';
import { visible, visibleBlock } from '../report/sanitize.ts';
import { makeStyle, type Style } from '../report/style.ts';

export interface Streams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
}

export interface TerminalOptions {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: 'auto' | 'always' | 'never';
}

/** How long work may take before a progress line shows, and how often it is redrawn. In ms. */
const PROGRESS_AFTER = 500;
const PROGRESS_EVERY = 100;
/** Notes can quote events, which have no bound. In UTF-16 units. */
const LONGEST = 4_000;

/** The two streams: results on stdout, all else on stderr. */
export class Terminal {
  readonly #start = performance.now();
  #progress: NodeJS.Timeout | undefined;
  #hasProgress = false;

  static async open(streams: Streams, options: TerminalOptions): Promise<Terminal> {
    const { stdout, env } = streams;
    const style = await makeStyle({
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
  async write(pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
    let chunk = '';
    for await (const piece of pieces) {
      chunk += piece;
      if (chunk.length < 65_536) continue;
      await this.#send(chunk);
      chunk = '';
    }
    if (chunk) await this.#send(chunk);
  }

  /** Writes bytes as they are; on a terminal, as text that can't act on it. */
  async writeBytes(bytes: Buffer): Promise<void> {
    await this.#send(this.style.isTerminal ? `${visibleBlock(bytes.toString())}\n` : bytes);
  }

  /** Something good to know, unless `--quiet`. */
  note(message: string): void {
    if (!this.options.quiet) this.warn(message);
  }

  /** Something that must be known. */
  warn(message: string): void {
    this.#clearProgress();
    const line = message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message;
    this.streams.stderr.write(`convoscope: ${visible(line)}\n`);
  }

  /** What was done, with `--verbose`. */
  detail(message: string): void {
    if (this.options.verbose) this.warn(message);
  }

  /** Does work that can take long; on a terminal, once it does, shows how far it is. */
  async progress<T>(work: Promise<T>, done: () => number, total: number): Promise<T> {
    const draw = () => {
      if (performance.now() - this.#start < PROGRESS_AFTER) return;
      this.#hasProgress = true;
      this.streams.stderr.write(`\rreading ${Math.min(done(), total)} of ${total} events\x1b[K`);
    };
    const isShown = this.streams.stderr.isTTY && !this.options.quiet;
    if (isShown) this.#progress = setInterval(draw, PROGRESS_EVERY);
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
