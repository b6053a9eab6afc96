import fc from 'fast-check';

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
  const random = fc.sample(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), {
    numRuns: size,
    seed: SEED,
  });
  // One of each part of the list, at a random place in it.
  return random.map((share, part) => items[Math.floor(((part + share) * items.length) / size)]!);
}

/** Parameters of a fast-check property: other cases in each run if exhaustive, otherwise fewer and always the same. */
export function runs(full: number, sampled: number): { numRuns: number; seed?: number } {
  return isExhaustive ? { numRuns: full } : { numRuns: sampled, seed: SEED };
}
