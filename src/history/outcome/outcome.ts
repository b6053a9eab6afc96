import { isResult } from '../../domain/event-kinds.ts';
import type { Fact } from '../../domain/facts/facts.ts';
import { isLive, type Lease } from '../../domain/facts/lease.ts';
import { stateFacts } from '../../domain/facts/stated-facts.ts';
import { leafIn, type StateFile } from '../../domain/state-file.ts';
import { ownString } from '../../text/json-value.ts';
import { usageOf } from '../usage.ts';
import {
  briefNameOf,
  type Clause,
  isUserMessage,
  nameOf,
  openClause,
  sinceClause,
  statusClause,
} from './clauses.ts';
import type { LogEnd, PlacedEntry } from './log-end.ts';
import type { ReadEnd } from './read-end.ts';

/** How a conversation ended. `lost`: it has no end, and nobody is at work. */
export const OUTCOMES = [
  'finished',
  'error',
  'stuck',
  'waiting',
  'running',
  'paused',
  'lost',
  'unknown',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

export interface Ending {
  readonly outcome: Outcome;
  /** Why, in one line. It can contain text of events, so it is not safe to print as it is. */
  readonly reason: string;
  /** What matters of the reason, in few words that do not repeat the outcome. Not safe to print either. */
  readonly brief: string;
}

/** All that the outcome is decided from. */
export interface EndFacts extends ReadEnd {
  /** `execution_status`, from the state or from an event, whichever is newer. */
  readonly status: Fact<string> | undefined;
  readonly state: StateFile;
  readonly lease: Lease | undefined;
  /** µs since the epoch. */
  readonly now: number;
}

/** How a conversation ended, and why. */
export function outcomeOf(facts: EndFacts): Ending {
  const { status } = facts;
  const decide = BY_STATUS.get(status?.value ?? 'idle');
  const ending =
    decide?.(facts) ?? because('unknown', `${said(facts)}, which is no status of a known SDK`);
  const elsewhere = otherBranchClause(facts);
  return elsewhere === undefined ? ending : { ...ending, reason: `${ending.reason}; ${elsewhere}` };
}

/** Where the log goes on, if that is not the branch that the outcome is about. */
function otherBranchClause({ end: { otherBranch } }: EndFacts): string | undefined {
  return otherBranch && `the log goes on to ${nameOf(otherBranch.entry)} on another branch`;
}

const BY_STATUS: ReadonlyMap<string, (facts: EndFacts) => Ending> = new Map([
  ['finished', finishedEnding],
  ['error', errorEnding],
  ['stuck', stuckEnding],
  ['waiting_for_confirmation', confirmationEnding],
  ['paused', pausedEnding],
  ['running', openEnding],
  ['idle', openEnding],
  ['deleting', (facts) => because('unknown', `${said(facts)}, so a server was deleting it`)],
]);

/** An outcome with the parts of its reason. The first part says the most. Parts that are not known are left out. */
function because(outcome: Outcome, ...parts: (string | Clause | undefined)[]): Ending {
  const clauses = parts
    .filter((part) => part !== undefined)
    .map((part) => (typeof part === 'string' ? { text: part, brief: part } : part));
  const reason = clauses.map(({ text }) => text).join('; ');
  return { outcome, reason, brief: clauses[0]?.brief ?? reason };
}

const said = ({ status, state }: EndFacts) => statusClause(status, state);
const indexOf = ({ entry }: PlacedEntry) => entry.slot.index;

function finishedEnding(facts: EndFacts): Ending {
  const last = facts.end.last?.entry;
  if (last && isUserMessage(last)) {
    if (facts.end.otherBranch) return wentBack(facts);
    return because(isAtWork(facts) ? 'running' : 'lost', although(openClause(last), said(facts)));
  }
  return endOfTurn(facts) ?? statedEnding('finished', facts);
}

function errorEnding(facts: EndFacts): Ending {
  return errorAtEnd(facts) ?? because('error', `${said(facts)}, and no event says why`);
}

function errorAtEnd({ end: { error }, details }: EndFacts): Ending | undefined {
  if (!error) return undefined;
  const text = details.errorText?.replaceAll(/\s+/g, ' ').trim();
  const what = text || 'an error of the conversation, without a text';
  return because('error', `${what} (#${indexOf(error)})`);
}

function stuckEnding(facts: EndFacts): Ending {
  const { repeatsFrom } = facts.details;
  const loop = repeatsFrom === undefined ? 'the agent repeated itself' : repeatClause(repeatsFrom);
  return because('stuck', loop, said(facts));
}

const repeatClause = (from: number, more = ''): Clause => ({
  text: `the agent makes the same calls from #${from} on, with the same answers${more}`,
  brief: `repeats itself from #${from} on`,
});

const although = ({ text, brief }: Clause, but: string): Clause => ({
  text: `${text}, although ${but}`,
  brief,
});

function confirmationEnding(facts: EndFacts): Ending {
  const last = facts.end.last?.entry;
  const isPending = last?.kind === 'ActionEvent';
  return isPending
    ? because('waiting', {
        text: `${nameOf(last)} waits for the user's confirmation`,
        brief: `${briefNameOf(last)} needs confirmation`,
      })
    : because('waiting', said(facts), last && `the log goes on to ${nameOf(last)}`);
}

function pausedEnding(facts: EndFacts): Ending {
  return pauseAtEnd(facts) ?? statedEnding('paused', facts);
}

/** The ending that the status says. Beside the outcome, only what comes after it is news. */
function statedEnding(outcome: Outcome, facts: EndFacts): Ending {
  const after = afterClause(facts);
  return { ...because(outcome, said(facts), after), brief: after };
}

/** Where the log ends, if the reason does not say it otherwise. */
function afterClause({ end: { last, otherBranch } }: EndFacts): string {
  if (!last || last.entry.kind === 'SystemPromptEvent') return 'no message was sent yet';
  return `the ${otherBranch ? 'branch' : 'log'} ends with ${nameOf(last.entry)}`;
}

function pauseAtEnd({ end: { last } }: EndFacts): Ending | undefined {
  const kind = last?.entry.kind;
  if (!last || (kind !== 'PauseEvent' && kind !== 'InterruptEvent')) return undefined;
  const verb = kind === 'PauseEvent' ? 'paused' : 'interrupted';
  return because('paused', `the user ${verb} it (#${indexOf(last)})`);
}

/** The agent's own end: it called finish, or answered without a call. */
function endOfTurn({ end: { last, lost } }: EndFacts): Ending | undefined {
  if (!last || lost) return undefined;
  const { kind, source, tool, failed } = last.entry;
  const isCall = kind === 'ActionEvent' || isResult(kind);
  if (isCall && tool === 'finish' && !failed) {
    const called = `called finish (#${indexOf(last)})`;
    return because('finished', { text: `the agent ${called}`, brief: called });
  }
  if (kind === 'MessageEvent' && source === 'agent') {
    const answered = `answered (#${indexOf(last)})`;
    return because('finished', {
      text: `the agent ${answered} and called no more tools`,
      brief: answered,
    });
  }
  return undefined;
}

/** The ending if the status is running, idle or not known: then the log decides. */
function openEnding(facts: EndFacts): Ending {
  const { end, status } = facts;
  const last = end.last?.entry;
  const isRunning = status?.value === 'running';
  if (isRunning && isAtWork(facts)) {
    return because('running', said(facts), last && `last written: ${nameOf(last)}`);
  }
  const isErrorLast = (end.error?.position ?? -1) > (end.last?.position ?? -1);
  const ended =
    (isErrorLast ? errorAtEnd(facts) : undefined) ?? endOfTurn(facts) ?? pauseAtEnd(facts);
  if (ended)
    return isRunning ? { ...ended, reason: `${ended.reason}, although ${said(facts)}` } : ended;
  if (!isRunning && end.otherBranch) return wentBack(facts);
  if (!isRunning && (!last || last.kind === 'SystemPromptEvent')) return notBegun(facts);
  if (status?.value === 'idle' && last?.kind === 'UserRejectObservation' && !end.lost) {
    return because('waiting', `the user rejected a call (#${last.slot.index})`, said(facts));
  }
  return interruptedEnding(facts);
}

/** The ending if somebody went back to an earlier event, and nothing was written since. */
function wentBack(facts: EndFacts): Ending {
  const { last } = facts.end;
  const place = last ? nameOf(last.entry) : 'before the first event';
  return because('waiting', `the conversation went back to ${place}`, said(facts));
}

/** The ending if the log stops within the agent's work. */
function interruptedEnding(facts: EndFacts): Ending {
  const { end, status, state, details, lease } = facts;
  const last = end.last?.entry;
  const open = last ? openClause(last) : 'the log has no message and no call';
  const place = last ? `the last event is ${nameOf(last)}` : 'the log has no message and no call';
  if (isRecent(facts)) return because('running', `${place}, written just now`);
  if (isAtWork(facts)) {
    const isIdle = status?.value === 'idle';
    return because(isIdle ? 'waiting' : 'running', place, `${said(facts)}, and a server holds it`);
  }
  if (end.lost && status?.value !== 'running') return because('unknown', lostClause(end));
  if (!status && state.kind === 'invalid') return because('unknown', open, said(facts));
  if (!status && details.repeatsFrom !== undefined) {
    return because(
      'stuck',
      repeatClause(details.repeatsFrom, ', for which the SDK stops it'),
      said(facts),
    );
  }
  const gone = lease
    ? 'the lease of its server has expired'
    : `nothing was written${sinceClause(last)}`;
  return because('lost', end.lost ? lostClause(end) : open, said(facts), gone);
}

function lostClause({ lost, last }: LogEnd): string {
  const what = lost?.kind === 'missing' ? 'is missing' : "can't be read";
  return `the event after ${last ? nameOf(last.entry) : 'the start'}, #${lost?.index}, ${what}`;
}

/** The ending if no message and no call is there. */
function notBegun(facts: EndFacts): Ending {
  const { end, state, status } = facts;
  if (end.lost) return because('unknown', lostClause(end));
  if (isUsed(state)) return because('unknown', 'base_state.json knows of events that are not here');
  if (!status && end.events === 0) return because('unknown', 'there are no events', said(facts));
  return because('waiting', 'no message was sent yet', said(facts));
}

/** Whether the state names events, or usage of a model. */
function isUsed(state: StateFile): boolean {
  if (state.kind !== 'valid') return false;
  const { stats } = stateFacts(state.value);
  const usages = stats === undefined ? [] : usageOf({ value: stats, source: { kind: 'state' } });
  return (
    leafIn(state) !== undefined ||
    ownString(state.value, 'last_user_message_id') !== undefined ||
    usages.some(({ cost, tokens }) => cost > 0 || tokens.prompt > 0)
  );
}

/** Without a lease, a conversation that was written within this time is at work: a model can take minutes. */
const MAX_QUIET_MS = 10 * 60_000;
/** A copy makes every file young, so the event itself must be young too. Its clock can be in any zone. */
const MAX_EVENT_AGE_MS = 26 * 3_600_000;

/** Whether somebody is at work on it, by its lease, or by the age of what was written last. */
function isAtWork(facts: EndFacts): boolean {
  const { lease, now } = facts;
  return (lease && isLive(lease, now / 1000)) ?? isRecent(facts);
}

function isRecent({ end, lease, writtenAt, now }: EndFacts): boolean {
  const isExpired = lease !== undefined && isLive(lease, now / 1000) === false;
  if (isExpired) return false;
  if (end.lost?.kind === 'in-flight') return true;
  const stamp = end.last?.entry.stamp;
  const isYoungEvent = stamp === undefined || Math.abs(now - stamp.us) / 1000 < MAX_EVENT_AGE_MS;
  return isYoungEvent && writtenAt !== undefined && now / 1000 - writtenAt < MAX_QUIET_MS;
}
