import type { Entry } from '../domain/entry.ts';
import type { LoadedEvent } from '../domain/event.ts';
import { kindKey } from '../domain/event-kinds.ts';
import { bareId } from '../domain/ids.ts';
import type { ScanOptions } from '../domain/scan.ts';
import type { Slot, Slots } from '../domain/slot.ts';
import { makePrefilter } from '../text/literal-prefilter.ts';
import { readableEvent } from '../text/readable-event.ts';
import { readableQuery } from '../text/readable-text.ts';
import { messageBody, visibleText } from '../text/visible-text.ts';
import { toInstant, type Zone } from '../time/zone.ts';
import type { Condition } from './condition.ts';
import { comparisonHolds, type FieldComparison } from './field-comparison.ts';
import { type RegexPattern, testPattern } from './regex-pattern.ts';

/** What a filter asks for. Everything that is set must hold. */
export interface FilterSpec {
  readonly texts?: readonly string[];
  readonly patterns?: readonly RegexPattern[];
  readonly caseSensitive?: boolean;
  /** Kinds in any spelling. `!kind` leaves one out. */
  readonly kinds?: readonly string[];
  readonly sources?: readonly string[];
  readonly tools?: readonly string[];
  readonly body?: string;
  /** µs since the epoch: at or after `since`, and before `until`. */
  readonly since?: number;
  readonly until?: number;
  /** Both ends included. */
  readonly index?: { readonly from: number; readonly to: number };
  readonly id?: string;
  readonly errors?: boolean;
  readonly where?: readonly FieldComparison[];
}

/** A filter, which knows how much of an event it needs to decide. */
export interface Filter {
  /** File names alone decide, so that no event has to be opened. */
  readonly needsNamesOnly: boolean;
  /** What a scan needs of the events that this filter decides on. */
  readonly scanOptions: Pick<ScanOptions, 'needsBody' | 'mayNeedBodies' | 'prefilters'>;
  /** Whether the event can pass, judged by its file's name. */
  admitsSlot(slot: Slot): boolean;
  /** Positions that `admitsSlot` admits, in order. */
  positionsIn(slots: Slots): number[];
  /** Whether the event can pass, judged by its entry. */
  mayPass(entry: Entry): boolean;
  /** Whether an event passes. @param event the event itself, if `scanOptions` asked for it */
  passes(entry: Entry, event: LoadedEvent | undefined): boolean;
}

/** Makes a filter. @param zone the zone of naive timestamps */
export function makeFilter(spec: FilterSpec, zone: Zone): Filter {
  const conditions = [...conditionsOf(spec, zone)];
  const names = conditions.filter((condition) => condition.level === 'name');
  const entries = conditions.filter((condition) => condition.level === 'entry');
  const bodies = conditions.filter((condition) => condition.level === 'body');
  const prefilters = (spec.texts ?? []).flatMap(
    (text) => makePrefilter(readableQuery(text), spec.caseSensitive ?? false) ?? [],
  );
  const mayNeedBodies = bodies.length > 0;
  const admitsSlot = (slot: Slot) => names.every(({ holds }) => holds(slot));
  const mayPass = (entry: Entry) =>
    (names.length === 0 || admitsSlot(entry.slot)) && entries.every(({ holds }) => holds(entry));
  return {
    needsNamesOnly: conditions.length === names.length,
    scanOptions: {
      mayNeedBodies,
      needsBody: (entry) => mayNeedBodies && mayPass(entry),
      ...(prefilters.length > 0 && { prefilters }),
    },
    admitsSlot,
    positionsIn(slots) {
      const positions = new Array<number>(slots.length);
      for (let position = 0; position < positions.length; position++)
        positions[position] = position;
      if (names.length === 0) return positions;
      return positions.filter((position) => admitsSlot(slots.at(position) as Slot));
    },
    mayPass,
    passes: (entry, event) =>
      mayPass(entry) &&
      (!mayNeedBodies || (event !== undefined && bodies.every(({ holds }) => holds(event)))),
  };
}

/** A filter that was applied before: which events pass is known by name. Events that can't be read are still reported. */
export function appliedFilter(
  names: ReadonlySet<string>,
  { admitsSlot, positionsIn }: Filter,
): Filter {
  const holds = ({ slot }: Entry) => names.has(slot.name);
  return {
    needsNamesOnly: false,
    scanOptions: { mayNeedBodies: false, needsBody: () => false },
    admitsSlot,
    positionsIn,
    mayPass: holds,
    passes: holds,
  };
}

function* conditionsOf(spec: FilterSpec, zone: Zone): Generator<Condition> {
  const { index, id, body, since, until } = spec;
  if (index) {
    yield { level: 'name', holds: (slot) => slot.index >= index.from && slot.index <= index.to };
  }
  if (id !== undefined) {
    const prefix = bareId(id);
    yield { level: 'name', holds: (slot) => bareId(slot.id).startsWith(prefix) };
  }
  if (spec.kinds?.length) yield { level: 'entry', holds: kindHolds(spec.kinds) };
  if (spec.sources?.length) {
    const sources = new Set(spec.sources);
    yield { level: 'entry', holds: ({ source }) => sources.has(source) };
  }
  if (spec.tools?.length) {
    const tools = new Set(spec.tools);
    yield { level: 'entry', holds: ({ tool }) => tool !== undefined && tools.has(tool) };
  }
  if (since !== undefined || until !== undefined) {
    const [from, to] = [since ?? -Infinity, until ?? Infinity];
    yield {
      level: 'entry',
      holds({ stamp }) {
        if (!stamp) return false;
        const time = toInstant(stamp, zone);
        return time >= from && time < to;
      },
    };
  }
  if (spec.errors) yield { level: 'entry', holds: ({ failed }) => failed };
  for (const where of spec.where ?? []) {
    yield { level: 'body', holds: (event) => comparisonHolds(where, readableEvent(event)) };
  }
  if (body !== undefined) {
    const needle = body.toLowerCase();
    yield {
      level: 'body',
      holds: (event) =>
        event.entry.kind === 'MessageEvent' &&
        messageBody(event.value).toLowerCase().includes(needle),
    };
  }
  const fold = (text: string) => (spec.caseSensitive ? text : text.toLowerCase());
  for (const text of spec.texts ?? []) {
    const needle = fold(readableQuery(text));
    yield {
      level: 'body',
      holds: ({ value }) => some(visibleText(value), (one) => fold(one).includes(needle)),
    };
  }
  for (const pattern of spec.patterns ?? []) {
    yield { level: 'body', holds: ({ value }) => testPattern(pattern, [...visibleText(value)]) };
  }
}

function kindHolds(kinds: readonly string[]): (entry: Entry) => boolean {
  const out = new Set(kinds.filter((k) => k.startsWith('!')).map((k) => kindKey(k.slice(1))));
  const wanted = new Set(kinds.filter((k) => !k.startsWith('!')).map(kindKey));
  const isWanted = (key: string) => !out.has(key) && (wanted.size === 0 || wanted.has(key));
  const known = new Map<string, boolean>(); // there are few kinds, and many events
  return ({ kind }) => {
    const answer = known.get(kind) ?? isWanted(kindKey(kind));
    known.set(kind, answer);
    return answer;
  };
}

function some<T>(items: Iterable<T>, holds: (item: T) => boolean): boolean {
  for (const item of items) if (holds(item)) return true;
  return false;
}
