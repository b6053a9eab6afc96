import { faultRule } from '../rule.ts';

export const inFlightWrite = faultRule({
  code: 'in-flight-write',
  severity: 'info',
  meaning:
    'The newest event file is incomplete, but an agent seems to be writing it: the file is only a few seconds old, or changes while it is looked at, or the conversation has a live lease. In CI the age does not count, because a checkout makes every file young.',
  cause: 'An agent is writing to the conversation.',
  consequence: 'The SDK reads the event normally after the write is complete.',
  remedy:
    'Run verify again when the agent is idle. If you know that no agent is working, use --assume-idle.',
});
