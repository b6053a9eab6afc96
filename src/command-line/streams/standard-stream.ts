import { once } from 'node:events';
import { fstatSync, type Stats, statSync, writeSync } from 'node:fs';

/** stdout or stderr, as far as this program uses them. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  /** Left out where the stream belongs to no file of the process. */
  readonly fd?: number;
  /** @returns false if the caller should wait for `drained` */
  write(content: string | Uint8Array): boolean;
  drained(): Promise<unknown>;
  /** Calls a function with each error of the operating system. */
  onError(report: (error: NodeJS.ErrnoException) => void): void;
}

/**
 * A standard stream of the process. A pipe or a file is written to directly, because Node takes 3 ms to load what it
 * needs for a stream.
 *
 * @param makeStream makes Node's stream, for a terminal, and for a pipe that takes nothing at the moment
 */
export function standardStream(fd: 1 | 2, makeStream: () => NodeJS.WriteStream): OutputStream {
  return isTerminal(fd) ? new NodeStream(fd, makeStream()) : new DirectStream(fd, makeStream);
}

/** Whether a file of the process is a terminal. `node:tty` is loaded only for one that can be. */
export function isTerminal(fd: number): boolean {
  const stat = statOf(fd);
  if (!stat?.isCharacterDevice() || stat.rdev === nullDevice()) return false;
  return process.getBuiltinModule('node:tty').isatty(fd);
}

function statOf(fd: number): Stats | undefined {
  try {
    return fstatSync(fd);
  } catch {
    return undefined; // it is closed
  }
}

/** The number of the device that discards all; undefined on a system without it. */
function nullDevice(): number | undefined {
  return statSync('/dev/null', { throwIfNoEntry: false })?.rdev;
}

class NodeStream implements OutputStream {
  constructor(
    readonly fd: number,
    readonly stream: NodeJS.WriteStream,
  ) {}
  get isTTY(): boolean {
    return this.stream.isTTY ?? false;
  }
  get columns(): number {
    return this.stream.columns;
  }
  get rows(): number {
    return this.stream.rows;
  }
  write(content: string | Uint8Array): boolean {
    return this.stream.write(content);
  }
  drained(): Promise<unknown> {
    return once(this.stream, 'drain');
  }
  onError(report: (error: NodeJS.ErrnoException) => void): void {
    this.stream.on('error', report);
  }
}

/** A pipe, a socket or a file. */
class DirectStream implements OutputStream {
  readonly isTTY = false;
  /** Set once the file did not take all at once. */
  #waiting: NodeStream | undefined;
  #reports: ((error: NodeJS.ErrnoException) => void)[] = [];

  constructor(
    readonly fd: number,
    readonly makeStream: () => NodeJS.WriteStream,
  ) {}

  write(content: string | Uint8Array): boolean {
    if (this.#waiting) return this.#waiting.write(content);
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.fd, bytes, written);
      return true;
    } catch (error) {
      return this.#failed(error as NodeJS.ErrnoException, bytes.subarray(written));
    }
  }

  #failed(error: NodeJS.ErrnoException, rest: Uint8Array): boolean {
    if (error.code === undefined) throw error;
    if (error.code !== 'EAGAIN') {
      for (const report of this.#reports) report(error);
      return true; // there is nothing to wait for
    }
    // Another process has made the pipe non-blocking, and it is full. Node's stream waits until there is room.
    this.#waiting = new NodeStream(this.fd, this.makeStream());
    for (const report of this.#reports) this.#waiting.onError(report);
    return this.#waiting.write(rest);
  }

  async drained(): Promise<unknown> {
    return this.#waiting?.drained();
  }

  onError(report: (error: NodeJS.ErrnoException) => void): void {
    this.#reports.push(report);
    this.#waiting?.onError(report);
  }
}
