// Generates conversations to measure with: the same for the same seed, on every machine.
//
// The sizes of events are like those of real ones: a lognormal distribution, median 1.4 KB, mean 5.3 KB, at most 260 KB;
// 48 % of events are observations, which have four fifths of the bytes. One event in 2,500 is an
// AgentErrorEvent, one in 5,000 contains RARE in its text, one in 40 is a state update that is stamped
// a little before the event that it follows. Text is prose, code and paths.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Words that one event in 5,000 contains, in lower or upper case. */
export const RARE = 'quarantined lighthouse';

const WORDS =
  'the agent ran tests and found that import of module failed because path was not set error in line return value none expected type str but got int /workspace/project/src/utils.py def __init__(self): assert response.status_code == 200 "quoted" \\n\ttab - [ ] done <tag> {key: value} https://example.org/a?b=c'.split(
    ' ',
  );

/** One event in 30 has such words too, because 1 to 4 % of recorded events are not ASCII. */
const FOREIGN = ['café', 'naïve', '測試', '→', '✓'];

/** A random number generator. Each set of data has its own, so that no set depends on another. */
export class Random {
  #state;
  /** @param scale factor for the sizes of texts */
  constructor(seed, scale = 1) {
    this.#state = seed >>> 0;
    this.scale = scale;
  }
  next() {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return this.#state / 2 ** 32;
  }
  hex(length) {
    let text = '';
    while (text.length < length) {
      text += Math.floor(this.next() * 0x10000)
        .toString(16)
        .padStart(4, '0');
    }
    return text.slice(0, length);
  }
  uuid() {
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-8${this.hex(3)}-${this.hex(12)}`;
  }
  /** Bytes of an event's text: lognormal, by the sum of three uniforms. */
  size() {
    return this.scale * Math.exp(6.85 + 3.3 * (this.next() + this.next() + this.next() - 1.5));
  }
  prose(length, foreign = false) {
    const most = Math.min(length, 255_000);
    const words = foreign ? [...WORDS, ...FOREIGN] : WORDS;
    const parts = [];
    for (let sum = 0; sum < most; ) {
      const word = words[Math.floor(this.next() * words.length)];
      parts.push(word);
      sum += word.length + 1;
    }
    return parts.join(' ');
  }
}

/** The file name of an event. */
export function eventName(index, id) {
  return `event-${String(index).padStart(5, '0')}-${id}.json`;
}

/** Events as the SDK writes them, one after another. @param from the first index */
export function* makeEvents(random, count, from = 0, start = 1.77e12) {
  let action;
  for (let index = from; index < from + count; index++) {
    const id = random.uuid();
    const ms = start + index * 3000;
    const stamp = (us) =>
      `${new Date(ms).toISOString().slice(0, -1)}${String(us).padStart(3, '0')}`;
    const common = (source, us = index % 1000) => ({ id, timestamp: stamp(us), source });
    const call = {
      tool_name: index % 6 < 4 ? 'terminal' : 'file_editor',
      tool_call_id: `call_${index >> 1}`,
    };
    const rare =
      index % 5000 === 2503 ? `${index % 10000 < 5000 ? RARE : RARE.toUpperCase()} ` : '';
    const foreign = index % 30 === 11;
    let event;
    if (index === 0) {
      event = {
        ...common('agent'),
        system_prompt: { type: 'text', text: random.prose(9000) },
        tools: [],
        kind: 'SystemPromptEvent',
      };
    } else if (index % 2500 === 1701) {
      event = { ...common('agent'), ...call, error: random.prose(300), kind: 'AgentErrorEvent' };
    } else if (index % 40 === 38) {
      const early = new Date(ms - 3500).toISOString().slice(0, -1);
      event = {
        ...common('environment'),
        timestamp: early,
        key: 'execution_status',
        value: 'running',
        kind: 'ConversationStateUpdateEvent',
      };
    } else if (index % 100 === 1) {
      event = {
        ...common(index % 200 === 1 ? 'user' : 'agent'),
        llm_message: {
          role: 'user',
          content: [{ type: 'text', text: rare + random.prose(random.size()) }],
        },
        kind: 'MessageEvent',
      };
    } else if (index % 2 === 0) {
      action = id;
      const command = rare + random.prose(random.size() / 3);
      event = {
        ...common('agent'),
        thought: [{ type: 'text', text: random.prose(60) }],
        action: { command, is_input: false, kind: 'TerminalAction' },
        ...call,
        tool_call: {
          id: call.tool_call_id,
          name: call.tool_name,
          arguments: JSON.stringify({ command }),
          origin: 'completion',
        },
        llm_response_id: random.hex(16),
        security_risk: 'LOW',
        kind: 'ActionEvent',
      };
    } else {
      event = {
        ...common('environment'),
        ...call,
        action_id: action,
        observation: {
          content: [{ type: 'text', text: rare + random.prose(random.size() * 2.2, foreign) }],
          is_error: false,
          command: random.prose(40),
          exit_code: index % 30 === 7 ? 1 : 0,
          kind: 'TerminalObservation',
        },
        kind: 'ObservationEvent',
      };
    }
    yield { name: eventName(index, id), text: JSON.stringify(event) };
  }
}

/**
 * Writes one conversation.
 *
 * @returns {{ path: string, events: number, bytes: number }}
 */
export function writeConversation(root, events, seed, scale = 1.03) {
  const random = new Random(seed, scale);
  const id = random.hex(32);
  const path = join(root, id);
  const folder = join(path, 'events');
  mkdirSync(folder, { recursive: true });
  let bytes = 0;
  for (const { name, text } of makeEvents(random, events)) {
    writeFileSync(join(folder, name), text);
    bytes += Buffer.byteLength(text);
  }
  const state = {
    id: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    agent: { kind: 'Agent', llm: { model: 'x' }, tools: [] },
    workspace: { kind: 'LocalWorkspace', working_dir: '/workspace' },
    execution_status: 'paused',
  };
  writeFileSync(join(path, 'base_state.json'), JSON.stringify(state));
  return { path, events, bytes };
}

/** These events are a little larger: 227 MB in 39,870 events. */
const FLEET_SCALE = 1.13;

/** Writes many conversations of the usual size, with `events` events in total. */
export function writeFleet(root, conversations, events, seed) {
  const random = new Random(seed);
  let left = events;
  let bytes = 0;
  for (let at = 0; at < conversations; at++) {
    const rest = conversations - at - 1;
    const usual = Math.round((events / conversations) * (0.5 + random.next()));
    const count = rest === 0 ? left : Math.min(usual, left - rest);
    left -= count;
    bytes += writeConversation(root, count, seed + 1 + at, FLEET_SCALE).bytes;
  }
  return { path: root, events, bytes };
}
