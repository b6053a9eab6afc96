import { canonicalEventFileName } from '../domain/event-file-name.ts';
import { buildTree, type EventTree } from '../domain/event-tree.ts';
import type { StateFileFault } from '../domain/state-file.ts';
import { type JsonObject, type JsonValue, own, ownString } from '../text/json-value.ts';
import { exceptionOf, stateException } from './read-exceptions.ts';
import type { CheckedEvent, RuleContext } from './rule-context.ts';
import { findLoneSurrogate } from './sdk/json-limits.ts';
import { refusalMessage } from './sdk/problem.ts';
import { toUuid } from './sdk/scalar-checks.ts';
import type { SdkVersion } from './sdk/sdk-version.ts';
import type { ResumeError } from './verdict.ts';

/**
 * Whether the SDK can resume a conversation:
 * - `yes`: with all events;
 * - `partly`: without the events after a gap;
 * - `no`: the SDK raises `resume_error`;
 * - `fresh`: the state is missing, so the SDK creates a new state and keeps the old events;
 * - `unknown`: the SDK needs a file that was not read here, and that it might be able to read.
 */
export interface Resume {
  readonly resumes: 'yes' | 'partly' | 'no' | 'fresh' | 'unknown';
  readonly resume_error?: ResumeError;
}

/** A conversation and one of the versions that judge it. */
interface Judgement {
  readonly context: RuleContext;
  /** The number of the judge in the context. */
  readonly judge: number;
  readonly sdk: SdkVersion;
  /** The tree as this version sees it. */
  readonly tree: EventTree<CheckedEvent>;
}

/**
 * Predicts what an SDK version does on resuming. The checks are in the SDK's own order, because the first problem
 * decides which exception it raises: the state, the branch from the leaf to its root, the agent's tools, and the first
 * events, which the next message makes the SDK read.
 * Source: what the released SDKs do with the conversations of fixtures/sdk-verdicts.json.
 *
 * @param judge the number of the version in the judges of the context
 */
export function resumeOf(context: RuleContext, judge: number): Resume {
  const sdk = context.judges[judge] as SdkVersion;
  const judgement = { context, judge, sdk, tree: treeOf(context, judge, sdk) };
  const error =
    stateError(judgement) ??
    branchError(judgement) ??
    savingError(judgement) ??
    toolError(judgement) ??
    // Without the state it is not known whether the agent is of the kind that never reads the first events.
    (isStateUnread(context) ? undefined : startError(judgement));
  if (error) return { resumes: 'no', resume_error: error };
  if (startsFresh(context)) return { resumes: 'fresh' };
  if (needsUnreadFile(judgement)) return { resumes: 'unknown' };
  const { length: seen } = judgement.tree.events;
  const isComplete = context.events.every(({ slot }) => slot.index < seen);
  return { resumes: isComplete ? 'yes' : 'partly' };
}

/** Whether the SDK needs a file that was not read here, but that it might be able to read: it is very large, for example. */
function needsUnreadFile({ context, tree }: Judgement): boolean {
  if (isStateUnread(context)) return true;
  const { stop } = tree;
  const onPath = stop?.kind === 'unreadable' ? [...tree.branch, stop.at] : tree.branch;
  const needed = [
    ...onPath.map((index) => tree.events[index]),
    ...tree.events.slice(0, START_EVENT_COUNT),
  ];
  return needed.some(
    (event) => event?.fault && !event.fields && exceptionOf(event.fault) === undefined,
  );
}

/** Whether the state was not read, although the SDK might be able to read it. */
function isStateUnread({ state }: RuleContext): boolean {
  return state.kind === 'invalid' && UNDECIDED_FAULTS.has(state.code);
}

const UNDECIDED_FAULTS: ReadonlySet<StateFileFault> = new Set([
  'oversized-file',
  'too-complex',
  'linked-file',
]);

/** Versions without `wideIndex` do not see events from this index on. */
const FIRST_WIDE_INDEX = 100_000;

/** The tree of the context is that of the newest version. Which events a version refuses can decide what is the leaf. */
function treeOf(context: RuleContext, judge: number, sdk: SdkVersion): EventTree<CheckedEvent> {
  if (judge === 0) return context.tree;
  const { events, reachable, state } = context;
  const seen = sdk.has('wideIndex') ? reachable : Math.min(reachable, FIRST_WIDE_INDEX);
  return buildTree(
    events,
    seen,
    state,
    ({ fields }) => fields?.schema.refusals[judge] === undefined,
  );
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

function stateError({ context, judge, sdk }: Judgement): ResumeError | undefined {
  const { state, folderId, stateRefusals } = context;
  if (startsFresh(context) || state.kind === 'absent') return undefined;
  if (isStateUnread(context)) return undefined;
  if (state.kind === 'invalid' && !state.python) {
    const isOther = state.code === 'not-an-object' && !sdk.has('looksUpTools');
    const exception = isOther
      ? 'ValidationError'
      : (stateException(state.code) ?? 'JSONDecodeError');
    return resumeError(exception, `base_state.json: ${state.message}`);
  }
  const early = sdk.has('looksUpTools') ? toolLookupError(stateOf(context)) : undefined;
  if (early) return early;
  const refusal = stateRefusals[judge];
  if (refusal) return resumeError(refusal.exception, `base_state.json: ${refusalMessage(refusal)}`);
  const id = toUuid(own(stateOf(context), 'id'));
  if (folderId === undefined || id === folderId) return undefined;
  return resumeError('ValueError', `base_state.json belongs to conversation ${id}`);
}

/** Where an application gives the SDK an agent, the SDK looks up the tools in the state before it validates the state. */
function toolLookupError(state: JsonObject | undefined): ResumeError | undefined {
  const agent = own(state, 'agent') ?? null;
  if (agent !== null && (typeof agent !== 'object' || Array.isArray(agent))) {
    return resumeError('AttributeError', 'base_state.json: agent is not an object');
  }
  const tools = own(agent, 'tools') ?? [];
  if (typeof tools === 'object') return undefined;
  return resumeError('TypeError', 'base_state.json: agent.tools is not a list');
}

/** The state as the SDK reads it: Python takes NaN, which is not JSON. */
function stateOf({ state }: RuleContext): JsonObject | undefined {
  return state.kind === 'valid' ? state.value : state.kind === 'invalid' ? state.python : undefined;
}

function branchError(judgement: Judgement): ResumeError | undefined {
  const { tree, sdk, judge } = judgement;
  if (!sdk.has('tree')) return linearError(judgement);
  // The SDK reads the events of the branch on its way to the root, so an event before the stop fails first.
  for (const index of tree.branch) {
    const found = readError(tree.events[index], judge);
    if (found) return found;
  }
  const { stop } = tree;
  if (!stop) return undefined;
  switch (stop.kind) {
    case 'unreadable':
      return readError(tree.events[stop.at], judge);
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

/**
 * Versions without a tree read all events: some on resuming, from the first one on, and passing over empty files; the
 * others when the agent goes on, from the last one on.
 */
function linearError({ context, tree, sdk, judge }: Judgement): ResumeError | undefined {
  const readsOnResuming = sdk.has('readsAll') && !startsFresh(context);
  const first = tree.events.filter(({ fault }) => fault?.code !== 'empty-file');
  const events = readsOnResuming
    ? [...first, ...tree.events.toReversed()]
    : tree.events.toReversed();
  for (const event of events) {
    const found = readError(event, judge);
    if (found) return found;
  }
  return undefined;
}

/** Python loads half of a surrogate pair, and cannot write it when the state is saved again. */
function savingError({ context }: Judgement): ResumeError | undefined {
  const state = stateOf(context);
  const path = state && findLoneSurrogate(state);
  return path === undefined
    ? undefined
    : resumeError(
        'PydanticSerializationError',
        `base_state.json: ${path} contains half of a surrogate pair, which cannot be saved again`,
      );
}

/** The tools that the agent names are made before the first events are read. */
function toolError({ context, sdk }: Judgement): ResumeError | undefined {
  const agent = own(stateOf(context), 'agent');
  // Older versions take the tools from the agent that the application gives.
  if (!sdk.has('tree') || ownString(agent, 'kind') === ACP_AGENT) return undefined;
  const named = namesIn(own(agent, 'tools'));
  const gone = named.find((name) => !sdk.hasTool(name));
  if (gone !== undefined) {
    const what = `the agent has the tool ${gone}, which SDK ${sdk.version} does not have`;
    return resumeError('KeyError', `base_state.json: ${what}`);
  }
  const included = own(agent, 'include_default_tools');
  const builtins = (Array.isArray(included) ? included : []).map(String);
  const unknown = builtins.find((name) => !sdk.hasBuiltin(name));
  const twice = builtins.find((name, at) => builtins.indexOf(name) < at);
  if ((unknown ?? twice) === undefined) return undefined;
  const what =
    unknown === undefined
      ? `names ${twice} twice`
      : `names ${unknown}, which SDK ${sdk.version} does not have`;
  return resumeError('ValueError', `base_state.json: agent.include_default_tools ${what}`);
}

function namesIn(tools: JsonValue | undefined): string[] {
  return (Array.isArray(tools) ? tools : []).flatMap((tool) => ownString(tool, 'name') ?? []);
}

/** An agent that another program implements. The SDK does not look at its first events. */
const ACP_AGENT = 'ACPAgent';
/** How many of the first events the SDK reads when the next message comes. */
const START_EVENT_COUNT = 3;

function startError({ context, tree, sdk, judge }: Judgement): ResumeError | undefined {
  if (ownString(own(stateOf(context), 'agent'), 'kind') === ACP_AGENT) return undefined;
  if (!sdk.has('looksAtStart')) return undefined;
  const first = tree.events.slice(0, START_EVENT_COUNT);
  for (const event of first) {
    const found = readError(event, judge);
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
function readError(event: CheckedEvent | undefined, judge: number): ResumeError | undefined {
  if (!event) return undefined;
  const { slot, fault, fields } = event;
  const usualName = canonicalEventFileName(slot.name);
  if (slot.name !== usualName) {
    return resumeError('FileNotFoundError', `${slot.name}: the SDK looks for ${usualName}`, event);
  }
  if (fault && !fields) {
    const exception = exceptionOf(fault);
    return exception ? resumeError(exception, `${slot.name}: ${fault.message}`, event) : undefined;
  }
  const refusal = fields?.schema.refusals[judge];
  if (!refusal) return undefined;
  return resumeError(refusal.exception, `${slot.name}: ${refusalMessage(refusal)}`, event);
}
