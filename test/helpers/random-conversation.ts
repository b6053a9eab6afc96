import fc from 'fast-check';
import { ROOT_PARENT_ID } from '../../src/domain/event-tree.ts';
import type { StateFile } from '../../src/domain/state-file.ts';
import { idOf, stampAt } from './memory.ts';

/** One thing that happens in a conversation. The numbers choose among what there is. */
interface Step {
  readonly kind: (typeof STEPS)[number];
  readonly a: number;
  readonly b: number;
}

const STEPS = [
  'action',
  'action',
  'action',
  'answer',
  'answer',
  'answer',
  'error',
  'message',
  'condensation',
  'state-update',
  'conversation-error',
  'pause',
  'acp',
  'back',
  'restart',
] as const;

export interface RandomConversation {
  /** In index order. */
  readonly events: readonly Record<string, unknown>[];
  readonly state: StateFile;
}

/**
 * Conversations as the SDK could have written them: parents and actions come before what refers to them. Some begin
 * with events of old versions, which have no parents.
 */
export const conversations: fc.Arbitrary<RandomConversation> = fc
  .record({
    steps: fc.array(
      fc.record({ kind: fc.constantFrom(...STEPS), a: fc.nat(999), b: fc.nat(999) }),
      { minLength: 1, maxLength: 30 },
    ),
    oldEvents: fc.oneof(fc.constant(0), fc.nat(30)),
    state: fc.constantFrom('absent', 'leaf', 'leaf', 'empty'),
  })
  .map(({ steps, oldEvents, state }) => new Writer(oldEvents).write(steps, state));

type Written = Record<string, unknown> & { id: string; kind: string };

class Writer {
  readonly #events: Written[] = [];
  #endedAcpCalls = 0;
  /** The event that the next one follows; undefined before the first event of a tree. */
  #head: string | undefined;

  constructor(readonly oldEvents: number) {}

  write(steps: readonly Step[], state: string): RandomConversation {
    this.#add({ kind: 'SystemPromptEvent', source: 'agent', system_prompt: { text: 's' } });
    for (const step of steps) this.#do(step);
    const fields = {
      absent: undefined,
      leaf: this.#head === undefined ? { head_is_empty: true } : { leaf_event_id: this.#head },
      empty: { head_is_empty: true },
    }[state];
    return {
      events: this.#events,
      state: fields ? { kind: 'valid', value: fields } : { kind: 'absent' },
    };
  }

  #do({ kind, a, b }: Step): void {
    const path = this.#path();
    const pick = <T>(items: readonly T[], at: number) => items[at % Math.max(1, items.length)];
    const actions = path.filter((event) => event.kind === 'ActionEvent');
    const answered = new Set(path.map(({ action_id }) => action_id));
    switch (kind) {
      case 'action':
        this.#add({
          kind: 'ActionEvent',
          source: 'agent',
          tool_name: 'terminal',
          tool_call_id: `call-${this.#events.length}`,
          // Several calls can be of one response.
          llm_response_id:
            (a % 4 === 0 && path.at(-1)?.llm_response_id) || `r${this.#events.length}`,
          action: b % 9 === 0 ? null : { kind: 'TerminalAction', command: ['ls', 'pwd'][b % 2] },
        });
        return;
      case 'answer':
      case 'error': {
        const action = pick(actions.filter(({ id }) => !answered.has(id)).slice(-3), a);
        if (!action) return;
        const links = { tool_name: 'terminal', tool_call_id: action.tool_call_id };
        if (kind === 'error') this.#add({ ...links, kind: 'AgentErrorEvent', error: 'x' });
        else {
          const observation = { kind: 'TerminalObservation', content: [], exit_code: b % 2 };
          this.#add({ ...links, kind: 'ObservationEvent', action_id: action.id, observation });
        }
        return;
      }
      case 'condensation': {
        const ids = path.map(({ id }) => id).filter((_, at) => (a >> (at % 10)) % 2 === 1);
        this.#add({
          kind: 'Condensation',
          forgotten_event_ids: ids,
          summary: 'y',
          summary_offset: 1,
        });
        return;
      }
      case 'acp': {
        const status = ['pending', 'in_progress', 'completed', 'failed'][b % 4];
        const id = `acp-${this.#endedAcpCalls}`;
        this.#add({ kind: 'ACPToolCallEvent', tool_call_id: id, title: 'read', status });
        if (b % 4 > 1) this.#endedAcpCalls++;
        return;
      }
      case 'state-update':
        this.#add({ kind: 'ConversationStateUpdateEvent', source: 'environment', key: 'x' }, true);
        return;
      case 'back':
      case 'restart': {
        if (this.#events.length < this.oldEvents) return;
        const mains = this.#events.filter((one) => one.kind !== 'ConversationStateUpdateEvent');
        this.#head = kind === 'restart' && b % 3 === 0 ? undefined : pick(mains, a)?.id;
        return;
      }
      default: {
        const kinds = {
          message: 'MessageEvent',
          pause: 'PauseEvent',
          'conversation-error': 'ConversationErrorEvent',
        };
        this.#add({ kind: kinds[kind], source: 'user' });
      }
    }
  }

  #add(fields: Record<string, unknown> & { kind: string }, isAside = false): void {
    const index = this.#events.length;
    const id = idOf(index);
    const isOld = index < this.oldEvents;
    const parent = index === 0 || isOld ? {} : { parent_id: this.#head ?? ROOT_PARENT_ID };
    this.#events.push({ id, timestamp: stampAt(index * 1_000_000), ...parent, ...fields });
    if (!isAside || isOld) this.#head = id;
  }

  /** From the root to the head. */
  #path(): Written[] {
    const byId = new Map(this.#events.map((event, index) => [event.id, { event, index }]));
    const path: Written[] = [];
    let at = this.#head === undefined ? undefined : byId.get(this.#head);
    while (at) {
      path.unshift(at.event);
      const { parent_id: parent } = at.event;
      at =
        parent === undefined
          ? byId.get(this.#events[at.index - 1]?.id ?? '')
          : byId.get(String(parent));
    }
    return path;
  }
}
