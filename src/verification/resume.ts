import type { Fault, FaultCode } from '../domain/event.ts';
import { canonicalEventFileName } from '../domain/event-file-name.ts';
import { ROOT_PARENT_ID } from '../domain/event-tree.ts';
import { bareId } from '../domain/ids.ts';
import type { StateFileFault } from '../domain/state-file.ts';
import { type JsonObject, own, ownString } from '../text/json-value.ts';
import type { CheckedEvent, CheckedFields, RuleContext } from './rule-context.ts';
import { findUnresumableStateFields } from './state-schema.ts';

/** The exception that the SDK would raise on resuming. */
interface ResumeError {
  /** Name of the Python class. */
  readonly exception: string;
  /** The event that causes the exception; null where the cause is not an event. */
  readonly event_id: string | null;
  readonly message: string;
}

/**
 * Whether the SDK can resume a conversation:
 * - `yes`: with all events;
 * - `partly`: without the events after a gap;
 * - `no`: the SDK raises `resume_error`;
 * - `fresh`: the state is missing, so the SDK creates a new state and keeps the old events.
 */
export interface Resume {
  readonly resumes: 'yes' | 'partly' | 'no' | 'fresh';
  readonly resume_error?: ResumeError;
}

/**
 * Predicts what the SDK does on resuming. The checks are in the SDK's own order, because the first
 * problem decides which exception it raises: the state, the branch from the leaf to its root, and the
 * first events, which the next message makes the SDK read.
 * Source: what openhands-sdk 1.58.2 does with the conversations of fixtures/sdk-verdicts.json.
 */
export function resumeOf(context: RuleContext): Resume {
  const error = stateError(context) ?? branchError(context) ?? startError(context);
  if (error) return { resumes: 'no', resume_error: error };
  if (startsFresh(context)) return { resumes: 'fresh' };
  const isComplete = context.events.every(({ slot }) => slot.index < context.reachable);
  return { resumes: isComplete ? 'yes' : 'partly' };
}

/** Whether the SDK finds no state and creates a new one. */
function startsFresh({ state }: RuleContext): boolean {
  if (state.kind === 'invalid') return FAULTS_TREATED_AS_ABSENT.has(state.code);
  return state.kind === 'absent';
}

const FAULTS_TREATED_AS_ABSENT: ReadonlySet<StateFileFault> = new Set([
  'empty-file',
  'dangling-link',
]);

function resumeError(exception: string, message: string, event?: CheckedEvent): ResumeError {
  return { exception, event_id: event?.slot.id ?? null, message };
}

function stateError(context: RuleContext): ResumeError | undefined {
  const { state, folderId } = context;
  if (startsFresh(context) || state.kind === 'absent') return undefined;
  if (state.kind === 'invalid') {
    const exception = STATE_EXCEPTIONS[state.code] ?? 'JSONDecodeError';
    return resumeError(exception, `base_state.json: ${state.message}`);
  }
  const agent = agentError(state.value);
  if (agent) return agent;
  const [issue] = findUnresumableStateFields(state.value);
  if (issue) return resumeError('ValidationError', `base_state.json: ${issue}`);
  const id = bareId(ownString(state.value, 'id') ?? '');
  if (folderId === undefined || id === folderId) return undefined;
  return resumeError('ValueError', `base_state.json belongs to conversation ${id}`);
}

const STATE_EXCEPTIONS: Partial<Record<StateFileFault, string>> = {
  'not-an-object': 'AttributeError',
  'invalid-utf8': 'UnicodeDecodeError',
  'not-a-file': 'IsADirectoryError',
  'unreadable-file': 'PermissionError',
};

/** The SDK looks up the agent's tools before it validates the state. */
function agentError(state: JsonObject): ResumeError | undefined {
  const agent = own(state, 'agent') ?? null;
  if (agent !== null && (typeof agent !== 'object' || Array.isArray(agent))) {
    return resumeError('AttributeError', 'base_state.json: agent is not an object');
  }
  const tools = own(agent, 'tools') ?? [];
  if (typeof tools === 'object') return undefined;
  return resumeError('TypeError', 'base_state.json: agent.tools is not a list');
}

function branchError({ tree }: RuleContext): ResumeError | undefined {
  // The SDK reads the events of the branch on its way to the root, so an event before the stop fails first.
  for (const index of tree.branch) {
    const found = readError(tree.events[index]);
    if (found) return found;
  }
  const { stop } = tree;
  if (!stop) return undefined;
  switch (stop.kind) {
    case 'unreadable':
      return readError(tree.events[stop.at]);
    case 'cycle': {
      const id = tree.events[stop.at]?.slot.id;
      return resumeError('ValueError', `event ${id} is its own ancestor`, tree.events[stop.from]);
    }
    case 'missing': {
      const child = stop.at === undefined ? undefined : tree.events[stop.at];
      const name = child
        ? `the parent ${stop.id} of ${child.slot.name}`
        : `the leaf ${stop.id} in base_state.json`;
      return resumeError('KeyError', `${name} is not in the index`, child);
    }
  }
}

/** How many of the first events the SDK reads when the next message comes. */
const START_EVENT_COUNT = 3;

function startError({ tree }: RuleContext): ResumeError | undefined {
  const first = tree.events.slice(0, START_EVENT_COUNT);
  for (const event of first) {
    const found = readError(event);
    if (found) return found;
  }
  const kinds = first.map(({ fields }) => fields?.kind);
  const hasUserMessage = first.some(
    ({ fields }) => fields?.kind === 'MessageEvent' && fields.isFromUser,
  );
  if (!hasUserMessage || kinds.includes('SystemPromptEvent')) return undefined;
  return resumeError(
    'AssertionError',
    `the first ${START_EVENT_COUNT} events include a user message but no system prompt`,
  );
}

/** What the SDK raises when it reads an event; undefined where it can read the event. */
function readError(event: CheckedEvent | undefined): ResumeError | undefined {
  if (!event) return undefined;
  const { slot, fault, fields } = event;
  const usualName = canonicalEventFileName(slot.name);
  if (slot.name !== usualName) {
    return resumeError('FileNotFoundError', `${slot.name}: the SDK looks for ${usualName}`, event);
  }
  if (fault) {
    const exception = exceptionOf(fault);
    return exception ? resumeError(exception, `${slot.name}: ${fault.message}`, event) : undefined;
  }
  if (!fields || (!fields.schema.isRefused && fields.id !== ROOT_PARENT_ID)) return undefined;
  return resumeError('ValidationError', `${slot.name}: ${refusalReason(fields)}`, event);
}

/** The first reason why the SDK refuses an event. */
function refusalReason({ rawKind, schema }: CheckedFields): string {
  const reasons = [
    ...schema.missingFields.map((field) => `field ${field} is missing`),
    ...schema.badFields,
    ...schema.unknownFields.map((field) => `unknown field ${field}`),
    ...schema.legacyShapes,
  ];
  const [reason] = reasons;
  if (reason !== undefined) return reason;
  return schema.isKnownKind ? `the id ${ROOT_PARENT_ID} is reserved` : `unknown kind ${rawKind}`;
}

/**
 * The exception for an event file that convoscope could not read. Undefined where the SDK might be able
 * to read the file: a link out of the conversation, or a very large file.
 */
function exceptionOf({ code, slot }: Fault): string | undefined {
  if (code === 'not-a-file' && slot.type === 'folder') return 'IsADirectoryError';
  if (code === 'unreadable-file' && slot.type !== 'link') return 'PermissionError';
  return READ_EXCEPTIONS[code];
}

const READ_EXCEPTIONS: Partial<Record<FaultCode, string>> = {
  'empty-file': 'FileNotFoundError',
  'truncated-json': 'ValidationError',
  'invalid-json': 'ValidationError',
  'trailing-bytes': 'ValidationError',
  'not-an-object': 'ValidationError',
  'invalid-utf8': 'UnicodeDecodeError',
  'unreadable-file': 'FileNotFoundError', // a link to a missing target
};
