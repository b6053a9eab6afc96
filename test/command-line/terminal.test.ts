import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeStreams } from '../../src/command-line/output.ts';
import type { OutputStream } from '../../src/command-line/streams/standard-stream.ts';
import { Terminal } from '../../src/command-line/terminal.ts';

const makeStream = (isTTY: boolean, onWrite: (text: string) => void): OutputStream => ({
  isTTY,
  write(content) {
    onWrite(String(content));
    return true;
  },
  drained: async () => {},
  onError() {},
});

/** A terminal whose stderr is or is not one, and what was written there. */
async function makeTerminal(isTTY: boolean, options: { quiet?: boolean } = {}) {
  let written = '';
  const stdout = makeStream(false, () => {});
  const stderr = makeStream(isTTY, (text) => {
    written += text;
  });
  const made = await Terminal.open(makeStreams({ stdout, stderr, env: {} }), {
    quiet: false,
    verbose: false,
    color: 'auto',
    pager: false,
    ...options,
  });
  return { terminal: made, written: () => written };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function pass(made: Terminal, count: number, ms: number): Promise<void> {
  let done = 0;
  const work = async () => {
    for (; done < count; done++) await vi.advanceTimersByTimeAsync(ms);
  };
  await made.progress(work(), () => done, count);
}

test('a progress line appears on a terminal once work takes long, and is erased again', async () => {
  const { terminal: made, written } = await makeTerminal(true);
  await pass(made, 8, 100);
  expect(written().replaceAll('\u001b[K', '|').replaceAll('\u001b[A', '^')).toMatch(
    /^\rreading \d of 8 events\|\n(\^\rreading \d of 8 events\|\n)*\^\r\|$/,
  );
});

test('no progress line appears on a pipe, for quick work, or with --quiet', async () => {
  for (const [isTTY, options, ms] of [
    [false, {}, 100],
    [true, {}, 5],
    [true, { quiet: true }, 100],
  ] as const) {
    const { terminal: made, written } = await makeTerminal(isTTY, options);
    await pass(made, 8, ms);
    expect(written()).toBe('');
  }
});
