import type { FaultCode } from '../domain/event.ts';
import type { Slot } from '../domain/slot.ts';
import type { RuleContext } from './rule-context.ts';

export const SEVERITIES = ['error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a rule finds. `verify` adds the code, the severity and the consequence. */
export interface RuleMatch {
  readonly message: string;
  /** The event file with the problem. */
  readonly slot?: Slot;
  /** The file with the problem where it is not an event file. Relative to the conversation's directory. */
  readonly file?: string;
  /** Replaces the severity of the rule where the state of the conversation makes the case less severe. */
  readonly severity?: Severity;
  /** Byte offset from 0. */
  readonly offset?: number;
  /** From 1. */
  readonly line?: number;
  /** In characters from 1. */
  readonly column?: number;
  /** Other event files that are part of the problem. */
  readonly related?: readonly Slot[];
}

/**
 * A finding code with its default severity, its check and its documentation. `--explain` and the
 * reference page print the documentation. Codes never change.
 */
export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  /** What the finding means. */
  readonly meaning: string;
  /** What usually leads to the finding. */
  readonly cause: string;
  /** What the SDK does. */
  readonly consequence: string;
  /** What a person can do. */
  readonly remedy: string;
  /** The rule stands for the verdict on resuming: it reports nothing where another error is about the same file. */
  readonly isVerdict?: true;
  check(context: RuleContext): Iterable<RuleMatch>;
}

/** Makes a rule that reports every event file whose fault has the code of the rule. */
export function faultRule(rule: Omit<Rule, 'check' | 'code'> & { code: FaultCode }): Rule {
  return {
    ...rule,
    *check({ events }) {
      for (const { slot, fault } of events) {
        if (fault?.code === rule.code) yield { slot, message: fault.message, ...positionOf(fault) };
      }
    },
  };
}

type FaultPosition = Pick<RuleMatch, 'offset' | 'line' | 'column'>;

/** The position of a fault in its text, as far as it is known. */
export function positionOf({ offset, line, column }: FaultPosition): FaultPosition {
  return {
    ...(offset !== undefined && { offset }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
}
