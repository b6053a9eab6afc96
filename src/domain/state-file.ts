import { type JsonObject, own, ownString } from '../text/json-value.ts';
import type { FaultCode } from './event.ts';

/** As of event files; a link that leads nowhere is as good as no file to the SDK. */
export type StateFileFault = FaultCode | 'dangling-link';

/** A JSON file beside the events: the state, the meta data, the lease. */
export type StateFile =
  | { readonly kind: 'absent' }
  | { readonly kind: 'valid'; readonly value: JsonObject }
  | {
      readonly kind: 'invalid';
      readonly code: StateFileFault;
      readonly message: string;
      /** Byte offset from 0, line and column from 1. */
      readonly offset?: number;
      readonly line?: number;
      readonly column?: number;
    };

/** What `execution_status` can be. Source: openhands-sdk conversation/state.py. */
export const STATUSES = [
  'idle',
  'running',
  'paused',
  'waiting_for_confirmation',
  'finished',
  'error',
  'stuck',
  'deleting',
] as const;

/** `execution_status` of base_state.json, `agent_status` in 2025. Undefined where it can't be told. */
export function statusOf(state: StateFile): string | undefined {
  if (state.kind !== 'valid') return undefined;
  return ownString(state.value, 'execution_status') ?? ownString(state.value, 'agent_status');
}

/** The model that the agent asks, as base_state.json names it. */
export function modelOf(state: StateFile): string | undefined {
  if (state.kind !== 'valid') return undefined;
  return ownString(own(own(state.value, 'agent'), 'llm'), 'model');
}

/** A title that meta.json gives the conversation. */
export function titleOf(meta: StateFile): string | undefined {
  const title = meta.kind === 'valid' ? ownString(meta.value, 'title') : undefined;
  return title?.trim() ? title : undefined;
}

/** When the lease of owner_lease.json runs out, in ms since the epoch. Undefined where it can't be told. */
export function leaseEnd(lease: StateFile): number | undefined {
  const expires = lease.kind === 'valid' ? own(lease.value, 'expires_at') : undefined;
  return typeof expires === 'number' ? expires * 1000 : undefined; // it tells seconds
}
