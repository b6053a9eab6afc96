import type { FaultCode, JsonObject } from './event.ts';

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
