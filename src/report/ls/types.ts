import type { Lease } from '../../domain/facts/lease.ts';
import type { Ending } from '../../history/outcome/outcome.ts';
import type { Overview } from '../../history/overview.ts';
import type { Subagents } from '../../history/subagents/subagents.ts';
import type { ListTotals } from '../../history/totals/list-totals.ts';
import type { Zone } from '../../time/zone.ts';

export interface ListedConversation extends Overview {
  readonly lease: Lease | undefined;
  /** How it ended, and why. */
  readonly ending: Ending;
  readonly id: string;
  readonly path: string;
  /** Bytes of all event files. */
  readonly bytes: number;
  /** Which of base_state.json and meta.json can't be read. */
  readonly unreadable: readonly string[];
  /** The conversations stored inside this one. */
  readonly subagents: Subagents;
  /** Id of the conversation that it is stored in, or that started it; undefined if none is known. */
  readonly parent: string | undefined;
  /** With --tree: 1 below a conversation of the list, 2 below that one, and so on. 0 for others. */
  readonly depth: number;
}

export interface LsReport {
  /** Paths of the folders that were searched. */
  readonly roots: readonly string[];
  readonly items: readonly ListedConversation[];
  /** Ids of all conversations under the roots, so that short ids are unique among them. */
  readonly ids: readonly string[];
  /** Show why each conversation ended as it did, even where there is little room. */
  readonly withReasons: boolean;
  readonly totals: ListTotals;
  /** Subagents are items too. */
  readonly isTree: boolean;
  readonly zone: Zone;
  /** In µs since the epoch. */
  readonly now: number;
}
