import type { ReadOutcome } from '../../src/domain/event.ts';
import type { Slot } from '../../src/domain/slot.ts';
import { findZone } from '../../src/time/zone.ts';
import { makeRuleContext, type RuleContext } from '../../src/verification/rule-context.ts';
import { newestVersion, sdkVersion } from '../../src/verification/sdk/known-versions.ts';
import { memorySource } from './memory.ts';

/** The context of events without any other file, of a conversation that nobody writes to. */
export function ruleContextOf(
  slots: readonly Slot[],
  outcomeOf: (slot: Slot) => ReadOutcome,
): Promise<RuleContext> {
  return makeRuleContext({
    ...memorySource(slots.map(outcomeOf)),
    unrecognized: [],
    folderId: undefined,
    state: { kind: 'absent' },
    meta: { kind: 'absent' },
    lease: { kind: 'absent' },
    isLive: false,
    now: 0,
    zone: findZone('UTC')!,
    writtenAt: () => undefined,
    seal: undefined,
    judges: [sdkVersion(newestVersion())],
  });
}
