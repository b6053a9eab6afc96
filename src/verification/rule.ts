import type { FaultCode } from '../domain/event.ts';
import type { Slot } from '../domain/slot.ts';
import type { CheckedEvent, RuleContext } from './rule-context.ts';

export const SEVERITIES = ['error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a rule found, before its code, severity and consequence are added. */
interface RuleMatch {
  readonly message: string;
  readonly slot?: Slot;
  /** File that it is about, relative to the conversation's directory, where there is no slot. */
  readonly file?: string;
  /** In place of the rule's own: for what is less bad in some state of the conversation. */
  readonly severity?: Severity;
  /** Byte offset from 0, line and column from 1. */
  readonly offset?: number;
  readonly line?: number;
  readonly column?: number;
  /** Other event files that it is about. */
  readonly related?: readonly Slot[];
}

/**
 * One finding code: how bad it is, how it is found, and its documentation, which `--explain` and the
 * reference page print. Codes never change.
 */
export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  /** What it means. */
  readonly meaning: string;
  /** How it comes about. */
  readonly cause: string;
  /** What the SDK does about it. */
  readonly consequence: string;
  /** What a person can do. */
  readonly remedy: string;
  check(context: RuleContext): Iterable<RuleMatch>;
}

/** A rule that reports every event file that reading gave a fault of this code. */
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

/** Where a text goes wrong, as far as it is known. */
export function positionOf({ offset, line, column }: FaultPosition): FaultPosition {
  return {
    ...(offset !== undefined && { offset }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
}

/** Groups of two or more events that share what `keyOf` tells; those that it tells nothing of are left out. */
export function shared<K>(
  events: readonly CheckedEvent[],
  keyOf: (event: CheckedEvent) => K | undefined,
): Map<K, Slot[]> {
  const groups = grouped(events, keyOf);
  for (const [key, slots] of groups) if (slots.length < 2) groups.delete(key);
  return groups;
}

/** Slots of the events that share what `keyOf` tells, in the order in which it first comes up. */
export function grouped<K>(
  events: readonly CheckedEvent[],
  keyOf: (event: CheckedEvent) => K | undefined,
): Map<K, Slot[]> {
  return groupedByEach(events, (event) => {
    const key = keyOf(event);
    return key === undefined ? [] : [key];
  });
}

/** As `grouped`, of events that may tell several keys each. */
export function groupedByEach<K>(
  events: readonly CheckedEvent[],
  keysOf: (event: CheckedEvent) => Iterable<K>,
): Map<K, Slot[]> {
  const groups = new Map<K, Slot[]>();
  for (const event of events) {
    for (const key of keysOf(event)) {
      const group = groups.get(key);
      if (group) group.push(event.slot);
      else groups.set(key, [event.slot]);
    }
  }
  return groups;
}
