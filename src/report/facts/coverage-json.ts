import type { z } from 'zod';
import type { Coverage } from '../../domain/facts/coverage.ts';
import type { FactSource, Facts } from '../../domain/facts/facts.ts';
import type { PlacedJump } from '../../history/totals/time-spent.ts';
import type { clockJump, coverage, factSource } from '../schemas/common.ts';

export function coverageJson({ unit, known, of, isComplete }: Coverage): z.infer<typeof coverage> {
  return { unit, known: known ?? null, of, complete: isComplete ?? null };
}

export function sourceJson(source: FactSource | undefined): z.infer<typeof factSource> | null {
  if (!source) return null;
  if (source.kind === 'event') {
    return { from: 'event', index: source.slot.index, event_id: source.slot.id };
  }
  return {
    from: source.kind === 'meta' ? 'meta.json' : 'base_state.json',
    index: null,
    event_id: null,
  };
}

/** Where status, model and usage are from. */
export function sourcesJson({ status, model, stats }: Facts) {
  return {
    status: sourceJson(status?.source),
    model: sourceJson(model?.source),
    usage: sourceJson(stats?.source),
  };
}

export const jumpJson = ({ before, after, size }: PlacedJump): z.infer<typeof clockJump> => ({
  before: before.index,
  after: after.index,
  direction: size < 0 ? 'back' : 'forward',
  seconds: Math.abs(size) / 1e6,
});
