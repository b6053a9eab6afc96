import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { BIN, cleanEnv } from './environment.ts';
import { runInProcess } from './in-process.ts';
import { shellCode } from './spawned.ts';

/** Ends what waits in vain. Nothing depends on how long something takes. */
const LIMIT_MS = 150_000;

/** A `tail` that goes on, with what it has printed so far. */
abstract class Tail {
  stdout = '';
  stderr = '';
  /** The exit code as a shell sees it. */
  code: number | null = null;
  abstract readonly ended: Promise<void>;

  lines(): string[] {
    return this.stdout.split('\n').slice(0, -1);
  }

  /** Of the events printed, with `--json --meta`. */
  indices(): number[] {
    return this.lines().map((line) => JSON.parse(line)._meta.index);
  }

  async until(holds: () => boolean): Promise<void> {
    for (const end = Date.now() + LIMIT_MS; !holds(); await sleep(5)) {
      if (Date.now() > end) {
        throw new Error(`waited in vain: ${this.stdout.slice(-500)} ${this.stderr}`);
      }
    }
  }
}

/** Runs in this process. It ends with the test, at the latest, because the conversation is then deleted. */
export class LocalTail extends Tail {
  readonly ended: Promise<void>;

  constructor(conversation: string, ...options: string[]) {
    super();
    const args = ['tail', conversation, ...options];
    const run = runInProcess(args, {}, (stream, text) => {
      this[stream] += text;
    });
    this.ended = run.then(({ code }) => {
      this.code = code;
    });
    onTestFinished(async () => {
      rmSync(conversation, { recursive: true, force: true });
      await this.ended;
    });
  }
}

/** Runs in a process of its own, so that it can be interrupted. */
export class SpawnedTail extends Tail {
  readonly ended: Promise<void>;
  readonly kill: (signal: NodeJS.Signals) => void;

  constructor(conversation: string, ...options: string[]) {
    super();
    const args = [BIN, 'tail', conversation, ...options];
    const child = spawn(process.execPath, args, { env: cleanEnv() });
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text) => {
        this[stream] += text;
      });
    }
    this.ended = new Promise((resolve) => {
      child.on('close', (code, signal) => {
        this.code = shellCode(code, signal);
        resolve();
      });
    });
    this.kill = (signal) => void child.kill(signal);
    onTestFinished(() => this.kill('SIGKILL'));
  }
}
