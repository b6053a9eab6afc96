import type { Overview } from '../../history/overview.ts';
import type { Zone } from '../../time/zone.ts';

export interface Listed extends Overview {
  readonly id: string;
  readonly path: string;
  /** Of all event files. */
  readonly bytes: number;
}

export interface LsReport {
  readonly roots: readonly string[];
  readonly items: readonly Listed[];
  readonly zone: Zone;
  /** In µs since the epoch. */
  readonly now: number;
}
