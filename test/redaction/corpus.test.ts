import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../helpers/cli.ts';
import { hasRecorded, RECORDED } from '../helpers/screens.ts';
import { isExhaustive } from '../helpers/sweep.ts';
import { CORPUS_SEEDS, makeCorpus } from './corpus/index.ts';
import { measureRecall } from './corpus/measure.ts';
import { measurePrecision, TRUE_SECRETS } from './corpus/precision.ts';

/** The least share of the secrets of each family that must be replaced. */
const MIN_RECALL = 0.95;
const MIN_SAMPLES = 300;

const seeds = isExhaustive ? CORPUS_SEEDS : CORPUS_SEEDS.slice(0, 1);

describe.each(seeds)('of the synthetic secrets made from seed %d', (seed) => {
  const corpus = makeCorpus(seed);

  test('there are enough', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(MIN_SAMPLES);
    // A sample whose secret is in none of its texts would show nothing.
    const isEmpty = ({ texts, secrets }: (typeof corpus)[number]) =>
      !secrets.some((secret) => texts.some((text) => text.includes(secret)));
    expect(corpus.filter(isEmpty).map(({ name }) => name)).toEqual([]);
  });

  test.each(measureRecall(corpus))('$family: nearly all are replaced', ({ samples, missed }) => {
    expect(missed.slice(0, Math.ceil(samples * (1 - MIN_RECALL)))).toHaveLength(missed.length);
    expect(1 - missed.length / samples).toBeGreaterThanOrEqual(MIN_RECALL);
  });
});

describe('only secrets are replaced', () => {
  test('in the fixtures: nothing, because there are none in them', () => {
    const { conversations, replaced } = measurePrecision(join(ROOT, 'fixtures/conversations'));
    expect(conversations).toBeGreaterThan(20);
    expect(replaced).toEqual([]);
  });

  test.skipIf(!hasRecorded)('in the recorded conversations', () => {
    const { conversations, replaced } = measurePrecision(RECORDED);
    expect(conversations).toBeGreaterThan(20);
    expect(replaced).toEqual(TRUE_SECRETS);
  });
});
