import { fstatSync } from 'node:fs';
import { isInRunner, RunnerSafety } from '../report/text/safety/runner-safe.ts';
import { safeBlock, safeOutput } from '../report/text/terminal-safe.ts';
import type { OutputStream } from './streams/standard-stream.ts';

/** The streams and the environment of the process. */
export interface ProcessStreams {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: NodeJS.ProcessEnv;
}

/** What commands print to. */
export interface Streams {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: NodeJS.ProcessEnv;
}

/** The one way to the streams of the process. */
export function makeStreams({ stdout, stderr, env }: ProcessStreams): Streams {
  const inRunner = isInRunner(env);
  return {
    stdout: new Output(stdout, inRunner && !isRegularFile(stdout)),
    stderr: new Output(stderr, inRunner),
    env,
  };
}

/** A runner does not read what goes to a file, which can be data for another program. */
function isRegularFile({ fd }: OutputStream): boolean {
  return fd !== undefined && fstatSync(fd).isFile();
}

/**
 * One stream. Everything that is printed passes through here. What would act on a terminal or on a workflow runner is
 * spelled out here too, in case a reporter did not do it.
 */
export class Output {
  #runner: RunnerSafety | undefined;
  #printsAnnotations = false;

  constructor(
    readonly stream: OutputStream,
    inRunner: boolean,
  ) {
    if (inRunner) this.#runner = new RunnerSafety();
  }

  get isTerminal(): boolean {
    return this.stream.isTTY ?? false;
  }

  /** Width and height of the terminal. 0 or undefined if they are not known. */
  get size(): { columns: number | undefined; rows: number | undefined } {
    const { columns, rows } = this.stream;
    return { columns, rows };
  }

  /** From now on, a workflow runner is taken to read the stream. @param printsAnnotations as annotations of GitHub */
  protectRunner(printsAnnotations: boolean): void {
    this.#runner ??= new RunnerSafety();
    this.#printsAnnotations = printsAnnotations;
  }

  /** Prints text. */
  write(text: string): void {
    this.stream.write(this.safe(text));
  }

  /** Prints text, or bytes as they are, and waits until the stream takes more. */
  async send(content: string | Buffer): Promise<void> {
    const safe = typeof content === 'string' ? this.safe(content) : this.#safeBytes(content);
    if (!this.stream.write(safe)) await this.stream.drained();
  }

  /** Moves the cursor or erases, on a terminal. */
  control(sequence: string): void {
    this.stream.write(sequence);
  }

  /** Text as it is printed to this stream. */
  safe(text: string): string {
    const shown = this.isTerminal ? safeOutput(text) : text;
    return this.#runner?.apply(shown, this.#printsAnnotations) ?? shown;
  }

  #safeBytes(bytes: Buffer): string | Buffer {
    if (this.isTerminal) return this.safe(`${safeBlock(bytes.toString())}\n`);
    if (!this.#runner) return bytes;
    const text = bytes.toString();
    const encoding = Buffer.from(text).equals(bytes) ? 'utf8' : 'latin1';
    return Buffer.from(this.safe(bytes.toString(encoding)), encoding);
  }
}
