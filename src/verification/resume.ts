import type { Fault, FaultCode } from '../domain/event.ts';
import { canonicalEventFileName } from '../domain/event-file-name.ts';
import { ROOT_PARENT_ID } from '../domain/event-tree.ts';
import { bareId } from '../domain/ids.ts';
import { type JsonObject, own, ownString } from '../text/json-value.ts';
import type { CheckedEvent, RuleContext } from './rule-context.ts';
import { stateProblems } from './state-schema.ts';

/** What the SDK would raise on resuming, and the event that causes it. */
interface ResumeError {
  /** Name of the Python exception. */
  readonly exception: string;
  readonly event_id: string | null;
  readonly message: string;
}

/**
 * Whether a conversation can be resumed: `yes`; `partly`, without what lies beyond a gap; `no`; or
 * `fresh`, with a new state over the old events, because there is none.
 */
export interface Resume {
  readonly resumes: 'yes' | 'partly' | 'no' | 'fresh';
  readonly resume_error?: ResumeError;
}

/**
 * What resuming would come to, by the SDK's own rules and in their order: the state, the way from the
 * leaf to its root, then the first events, which the next message looks at. Source: what
 * openhands-sdk 1.58.2 does with the conversations of fixtures/sdk-verdicts.json.
 */
export function resumeOf(context: RuleContext): Resume {
  const error = stateError(context) ?? branchError(context) ?? startError(context);
  if (error) return { resumes: 'no', resume_error: error };
  if (isFresh(context)) return { resumes: 'fresh' };
  const isWhole = context.events.every(({ slot }) => slot.index < context.reachable);
  return { resumes: isWhole ? 'yes' : 'partly' };
}

/** Without a state, or with one of no bytes, a new one is made. */
function isFresh({ state }: RuleContext): boolean {
  return state.kind === 'absent' || (state.kind === 'invalid' && NO_STATE.has(state.code));
}
const NO_STATE = new Set(['empty-file', 'dangling-link']);

const error = (exception: string, message: string, at?: CheckedEvent): ResumeError => ({
  exception,
  event_id: at?.slot.id ?? null,
  message,
});

function stateError(context: RuleContext): ResumeError | undefined {
  const { state, folderId } = context;
  if (isFresh(context) || state.kind === 'absent') return undefined;
  if (state.kind === 'invalid') {
    const exception = STATE_EXCEPTIONS[state.code] ?? 'JSONDecodeError';
    return error(exception, `base_state.json: ${state.message}`);
  }
  const agent = agentError(state.value);
  if (agent) return agent;
  const [problem] = stateProblems(state.value);
  if (problem) return error('ValidationError', `base_state.json: ${problem}`);
  const id = bareId(ownString(state.value, 'id') ?? '');
  if (folderId === undefined || id === folderId) return undefined;
  return error('ValueError', `base_state.json is of the conversation ${id}`);
}

const STATE_EXCEPTIONS: Record<string, string> = {
  'not-an-object': 'AttributeError',
  'invalid-utf8': 'UnicodeDecodeError',
  'not-a-file': 'IsADirectoryError',
  'unreadable-file': 'PermissionError',
};

/** The agent's tools are looked for before the state is validated. */
function agentError(state: JsonObject): ResumeError | undefined {
  const agent = own(state, 'agent') ?? null;
  if (agent !== null && (typeof agent !== 'object' || Array.isArray(agent))) {
    return error('AttributeError', 'base_state.json: agent is no object');
  }
  const tools = own(agent, 'tools') ?? [];
  if (typeof tools === 'object') return undefined;
  return error('TypeError', 'base_state.json: agent.tools is no list');
}

function branchError({ tree }: RuleContext): ResumeError | undefined {
  // What is read first fails first, and a broken way is met where it breaks.
  for (const index of tree.branch) {
    const found = readError(tree.events[index]);
    if (found) return found;
  }
  const { stop } = tree;
  if (!stop) return undefined;
  if (stop.kind === 'unreadable') return readError(tree.events[stop.at]);
  if (stop.kind === 'cycle') {
    const id = tree.events[stop.at]?.slot.id;
    return error(
      'ValueError',
      `the way to the root runs in a circle at ${id}`,
      tree.events[stop.from],
    );
  }
  const child = stop.at === undefined ? undefined : tree.events[stop.at];
  const who = child ? `the parent of ${child.slot.name}` : 'the leaf that base_state.json names';
  return error('KeyError', `${who}, ${stop.id}, is not in the index`, child);
}

/** How many of the first events the next message looks at. */
const FIRST = 3;

function startError({ tree }: RuleContext): ResumeError | undefined {
  const first = tree.events.slice(0, FIRST);
  for (const event of first) {
    const found = readError(event);
    if (found) return found;
  }
  const kinds = first.map(({ fields }) => fields?.kind);
  const isAsked = first.some(({ fields }) => fields?.kind === 'MessageEvent' && fields.isFromUser);
  if (!isAsked || kinds.includes('SystemPromptEvent')) return undefined;
  return error('AssertionError', 'a user message, and no system prompt among the first events');
}

/** What reading one event raises; undefined where it can be read. */
function readError(event: CheckedEvent | undefined): ResumeError | undefined {
  if (!event) return undefined;
  const { slot, fault, fields } = event;
  if (slot.name !== canonicalEventFileName(slot.name)) {
    return error('FileNotFoundError', `${slot.name} is looked for under another name`, event);
  }
  if (fault) {
    const exception = exceptionOf(fault);
    return exception ? error(exception, `${slot.name}: ${fault.message}`, event) : undefined;
  }
  if (!fields?.schema.isRefused && fields?.id !== ROOT_PARENT_ID) return undefined;
  const { missing = [], bad = [], unknown = [], legacy = [] } = fields?.schema ?? {};
  const why = [
    ...missing.map((field) => `missing ${field}`),
    ...bad,
    ...unknown.map((field) => `unknown ${field}`),
    ...legacy,
  ];
  return error(
    'ValidationError',
    `${slot.name}: ${why[0] ?? `unknown kind ${fields?.rawKind}`}`,
    event,
  );
}

/** Undefined where the SDK might read what we do not: a link that leads out, or a very large file. */
function exceptionOf({ code, slot }: Fault): string | undefined {
  if (code === 'not-a-file' && slot.type === 'folder') return 'IsADirectoryError';
  if (code === 'unreadable-file' && slot.type !== 'link') return 'PermissionError';
  return EXCEPTIONS[code];
}

const EXCEPTIONS: Partial<Record<FaultCode, string>> = {
  'empty-file': 'FileNotFoundError',
  'truncated-json': 'ValidationError',
  'invalid-json': 'ValidationError',
  'trailing-bytes': 'ValidationError',
  'not-an-object': 'ValidationError',
  'invalid-utf8': 'UnicodeDecodeError',
  'unreadable-file': 'FileNotFoundError', // a link that leads nowhere
};
