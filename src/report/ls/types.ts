import type { Lease } from '../../domain/facts/lease.ts';
import type { Overview } from '../../history/overview.ts';
import type { Zone } from '../../time/zone.ts';

export interface ListedConversation extends Overview {
  readonly lease: Lease | undefined;
  readonly id: string;
  readonly path: string;
  /** Bytes of all event files. */
  readonly bytes: number;
  /** Which of base_state.json and meta.json can't be read. */
  readonly unreadable: readonly string[];
}

export interface LsReport {
  /** Paths of the folders that were searched. */
  readonly roots: readonly string[];
  readonly items: readonly ListedConversation[];
  readonly zone: Zone;
  /** In µs since the epoch. */
  readonly now: number;
}
