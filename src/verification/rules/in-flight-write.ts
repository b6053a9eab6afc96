import { faultRule } from '../rule.ts';

export const inFlightWrite = faultRule({
  code: 'in-flight-write',
  severity: 'info',
  meaning:
    'The newest file is incomplete, and young or of a conversation with a live lease: it is being written.',
  cause: 'An agent is at work.',
  consequence: 'None, once the write has ended.',
  remedy: 'Verify again when the agent is idle, or with --assume-idle.',
});
