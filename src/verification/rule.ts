import type { FaultCode } from '../model/event.ts';
import type { Slot } from '../model/slot.ts';
import type { Checked, Subject } from './subject.ts';

export type Severity = 'error' | 'warning' | 'info';

/** What a rule found, before its code, severity and consequence are added. */
interface Found {
  readonly message: string;
  readonly slot?: Slot;
  /** Name in the events folder, where there is no slot. */
  readonly name?: string;
  /** Byte offset from 0, line and column from 1. */
  readonly offset?: number;
  readonly line?: number;
  readonly column?: number;
  /** Other files that it is about. */
  readonly related?: readonly Slot[];
}

/** One finding code: what it means, how bad it is, and how it is found. Codes never change. */
export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  /** What the SDK does about it. */
  readonly consequence: string;
  check(subject: Subject): Iterable<Found>;
}

/** A rule that reports every event file that reading gave a fault of this code. */
export function faultRule(rule: Omit<Rule, 'check' | 'code'> & { code: FaultCode }): Rule {
  return {
    ...rule,
    *check({ events }) {
      for (const { slot, fault } of events) {
        if (fault?.code !== rule.code) continue;
        const { message, offset, line, column } = fault;
        yield {
          message,
          slot,
          ...(offset !== undefined && { offset }),
          ...(line !== undefined && { line }),
          ...(column !== undefined && { column }),
        };
      }
    },
  };
}

/** Groups of two or more events that share what `keyOf` tells; those that it tells nothing of are left out. */
export function shared<K>(
  events: readonly Checked[],
  keyOf: (event: Checked) => K | undefined,
): Map<K, Slot[]> {
  const groups = new Map<K, Slot[]>();
  for (const event of events) {
    const key = keyOf(event);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(event.slot);
    else groups.set(key, [event.slot]);
  }
  for (const [key, slots] of groups) if (slots.length < 2) groups.delete(key);
  return groups;
}
