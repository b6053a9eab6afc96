/*
 * Some tests sweep through everything: every byte of an event, every server answer, every conversation in every
 * format. `.ci/run` runs them in full, with CONVOSCOPE_EXHAUSTIVE=1. Otherwise, as in `npm test`, they run on a
 * sample, which is the same in every run.
 */
export const isExhaustive = process.env.CONVOSCOPE_EXHAUSTIVE === '1';

const SEED = 20_261_125;

/** All items if exhaustive; otherwise so many of them, spread evenly from the first to the last. */
export function sample<T>(items: readonly T[], size: number): readonly T[] {
  if (isExhaustive || items.length <= size) return items;
  const random = randomNumbers(SEED);
  // One of each part of the list, at a random place in it.
  return Array.from({ length: size }, (_, part) => {
    const from = Math.floor((part * items.length) / size);
    const to = Math.floor(((part + 1) * items.length) / size);
    return items[from + (random() % (to - from))]!;
  });
}

/** Parameters of a fast-check property: more cases if exhaustive. They are the same in every run. */
export function runs(full: number, sampled: number): { numRuns: number; seed: number } {
  return { numRuns: isExhaustive ? full : sampled, seed: SEED };
}

/** Whole numbers from 0, always the same for a seed. (A linear congruential generator, without its low bits.) */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}
