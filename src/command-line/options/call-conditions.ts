import type { Command } from 'commander';
import { type Call, hasFailed } from '../../history/calls.ts';
import type { CallCondition } from '../../use-cases/select-calls.ts';
import { duration } from './option-values.ts';

export interface CallConditionFlags {
  /** In µs. */
  readonly minDuration?: number;
  readonly failed?: boolean;
  readonly unanswered?: boolean;
  readonly loops?: boolean;
}

/** Adds the options that choose calls by how they went. */
export function addCallConditions(command: Command): void {
  command
    .option('--failed', 'calls that failed, were rejected, or could not be executed')
    .option('--unanswered', 'calls that have no answer')
    .option('--loops', 'calls made three times or more in a row, alone or in rounds')
    .option('--min-duration <duration>', 'calls that took at least this: 500ms, 5s, 2m', duration);
}

/** The conditions that the options name. All must hold. */
export function resolveCallConditions(flags: CallConditionFlags): CallCondition[] {
  return [...conditionsOf(flags)];
}

function* conditionsOf(flags: CallConditionFlags): Generator<CallCondition> {
  const { minDuration } = flags;
  const ifKnown =
    (holds: (call: Call) => boolean): CallCondition =>
    (call) =>
      call.outcome === 'unknown' ? undefined : holds(call);
  if (flags.failed) yield ifKnown(hasFailed);
  if (flags.unanswered) yield ifKnown(({ outcome }) => outcome === 'unanswered');
  if (flags.loops) yield ({ loop }) => loop !== undefined;
  if (minDuration !== undefined) {
    yield ifKnown(({ duration }) => (duration ?? -1) >= minDuration);
  }
}
