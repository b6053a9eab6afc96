import type { JsonObject } from './event.ts';

/** A JSON file beside the events: the state, the meta data, the lease. */
export type Document =
  | { readonly is: 'absent' }
  | { readonly is: 'sound'; readonly value: JsonObject }
  | {
      readonly is: 'faulty';
      readonly message: string;
      /** Byte offset from 0, line and column from 1. */
      readonly offset?: number;
      readonly line?: number;
      readonly column?: number;
    };
