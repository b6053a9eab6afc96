import type { RuleMatch } from './rule.ts';
import type { Verdict } from './verdict.ts';

/** The finding that stands for a verdict. */
export function verdictMatch({ sdk, error, slot, resumedBy }: Verdict): RuleMatch {
  const others = resumedBy === undefined ? '' : `; SDK ${resumedBy} can`;
  return {
    ...(slot ? { slot } : { file: 'base_state.json' }),
    message: `SDK ${sdk} cannot resume this conversation: ${error.exception}: ${error.message}${others}`,
  };
}
