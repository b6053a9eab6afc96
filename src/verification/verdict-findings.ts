import type { Slot } from '../domain/slot.ts';
import type { ResumeError } from './resume.ts';
import type { RuleMatch } from './rule.ts';

/** That the judging SDK version cannot resume the conversation. */
export interface Verdict {
  /** The version that judges. */
  readonly sdk: string;
  readonly error: ResumeError;
  /** The event file that causes the error; undefined if it is not an event. */
  readonly slot: Slot | undefined;
  /** The released versions that can resume the conversation, in words; undefined if none can. */
  readonly resumedBy: string | undefined;
}

/** The finding that stands for a verdict. */
export function verdictMatch({ sdk, error, slot, resumedBy }: Verdict): RuleMatch {
  const others = resumedBy === undefined ? '' : `; SDK ${resumedBy} can`;
  return {
    ...(slot ? { slot } : { file: 'base_state.json' }),
    message: `SDK ${sdk} cannot resume this conversation: ${error.exception}: ${error.message}${others}`,
  };
}
