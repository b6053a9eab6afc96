import { describe, expect, test } from 'vitest';
import { kindKey, shortKind } from '../../src/domain/event-kinds.ts';

describe('kinds', () => {
  test.each([
    ['ActionEvent', 'action'],
    ['openhands.sdk.event.llm_convertible.MessageEvent', 'message'],
    ['SystemPromptEvent', 'system-prompt'],
    ['ConversationStateUpdateEvent', 'state-update'],
    ['UserRejectObservation', 'user-reject'],
    ['Condensation', 'condensation'],
    ['ACPToolCallEvent', 'acp-tool-call'],
    ['SecurityAnalysisEvent', 'security-analysis'],
  ])('%s is %s, however it is written', (kind, short) => {
    expect(shortKind(kind)).toBe(short);
    expect(kindKey(short)).toBe(kindKey(kind));
    expect(kindKey(short.toUpperCase())).toBe(kindKey(kind.toLowerCase()));
  });

  test('different kinds have different keys', () => {
    expect(kindKey('condensation')).not.toBe(kindKey('condensation-request'));
    expect(kindKey('observation')).not.toBe(kindKey('user-reject'));
  });
});
