import { type FaultCode, type JsonObject, own, ownString } from './event.ts';

/** As of event files; a link that leads nowhere is as good as no file to the SDK. */
export type DocumentFault = FaultCode | 'dangling-link';

/** A JSON file beside the events: the state, the meta data, the lease. */
export type Document =
  | { readonly is: 'absent' }
  | { readonly is: 'sound'; readonly value: JsonObject }
  | {
      readonly is: 'faulty';
      readonly code: DocumentFault;
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
export function statusOf(state: Document): string | undefined {
  if (state.is !== 'sound') return undefined;
  return ownString(state.value, 'execution_status') ?? ownString(state.value, 'agent_status');
}

/** The model that the agent asks, as base_state.json names it. */
export function modelOf(state: Document): string | undefined {
  if (state.is !== 'sound') return undefined;
  return ownString(own(own(state.value, 'agent'), 'llm'), 'model');
}

/** A title that meta.json gives the conversation. */
export function titleOf(meta: Document): string | undefined {
  const title = meta.is === 'sound' ? ownString(meta.value, 'title') : undefined;
  return title?.trim() ? title : undefined;
}

/** When the lease of owner_lease.json runs out, in ms since the epoch. Undefined where it can't be told. */
export function leaseEnd(lease: Document): number | undefined {
  const expires = lease.is === 'sound' ? own(lease.value, 'expires_at') : undefined;
  return typeof expires === 'number' ? expires * 1000 : undefined; // it tells seconds
}
