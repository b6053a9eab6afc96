import type { EventRecord } from './event-record.ts';
import type { History } from './history.ts';
import { unknownPartOf, type ViewItem, viewOf } from './model-view.ts';

/** What fills the context: what the model sees at the leaf. */
export interface ContextStats {
  /** Length of all texts, in UTF-16 units. */
  readonly characters: number;
  /** By kind of event and tool, the largest first. */
  readonly groups: readonly ContextGroup[];
  /** The largest events, the largest first. */
  readonly largest: readonly EventRecord[];
  /** `not known beyond #5: …`; undefined if the branch is known to its root. */
  readonly unknownPart: string | undefined;
}

export interface ContextGroup {
  /** Class name of the kind. */
  readonly kind: string;
  readonly tool: string | undefined;
  readonly events: number;
  /** In UTF-16 units. */
  readonly characters: number;
}

export const EMPTY_CONTEXT: ContextStats = {
  characters: 0,
  groups: [],
  largest: [],
  unknownPart: undefined,
};

const MAX_LARGEST = 5;

/** Measures the events that the model sees at the leaf, by the length of their texts. */
export function contextOf({ paths }: History): ContextStats {
  const path = paths.fromLeaf();
  const branch = path.events.toReversed().flatMap(({ record }) => record ?? []);
  const items = viewOf(branch);
  const groups = new Map<string, ContextGroup>();
  let characters = 0;
  for (const { record } of items) {
    const { kind, tool } = record.entry;
    const key = `${kind} ${tool ?? ''}`;
    const group = groups.get(key) ?? { kind, tool, events: 0, characters: 0 };
    groups.set(key, {
      ...group,
      events: group.events + 1,
      characters: group.characters + record.contextCharacters,
    });
    characters += record.contextCharacters;
  }
  return {
    characters,
    groups: [...groups.values()].sort(bySize),
    largest: items
      .map(({ record }: ViewItem) => record)
      .sort((a, b) => b.contextCharacters - a.contextCharacters)
      .slice(0, MAX_LARGEST),
    unknownPart: unknownPartOf(path),
  };
}

const bySize = (a: ContextGroup, b: ContextGroup) => b.characters - a.characters;
