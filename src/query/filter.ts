import type { Entry } from '../domain/entry.ts';
import type { Fault, LoadedEvent } from '../domain/event.ts';
import { kindKey } from '../domain/event-kinds.ts';
import { bareId } from '../domain/ids.ts';
import type { ScanOptions } from '../domain/scan.ts';
import type { Slot, Slots } from '../domain/slot.ts';
import { makePrefilter } from '../text/literal-prefilter.ts';
import { readableEvent } from '../text/readable-event.ts';
import { readableQuery } from '../text/readable-text.ts';
import { UndecidedMatch } from '../text/regex/pattern.ts';
import { isInRange } from '../time/time-range.ts';
import { toInstant, type Zone } from '../time/zone.ts';
import type { BodyCondition, Condition } from './condition.ts';
import {
  comparisonHolds,
  comparisonMatches,
  type FieldComparison,
} from './fields/field-comparison.ts';
import { BodySearch } from './text-search/body-search.ts';
import { type FieldMatches, joinMatches } from './text-search/field-matches.ts';
import { TextSearch, type TextSearchSpec, type TextVerdict } from './text-search/text-search.ts';

/** What a filter asks for. Everything that is set must hold. */
export interface FilterSpec extends TextSearchSpec {
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

/**
 * Whether an event passes a filter. `only-in-files`: it does not, but would if whole-file fields were searched too. It is a
 * fault if it is not known, because a pattern took too long or too much memory.
 */
export type Verdict = TextVerdict | Fault;

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
  /** Decides on an event. @param event the event itself, if `scanOptions` asked for it */
  verdictOn(entry: Entry, event: LoadedEvent | undefined): Verdict;
  /**
   * What of an event's text matches: first what texts and patterns match, in the order of the file, then `body` and the
   * patterns of `where`. Undefined if that is not known.
   *
   * @param max of so many matches of a text or a pattern in a field, the first ones are found
   */
  matchesIn(event: LoadedEvent, max?: number): readonly FieldMatches[] | undefined;
}

/** Makes a filter. @param zone the zone of naive timestamps */
export function makeFilter(spec: FilterSpec, zone: Zone): Filter {
  const conditions = [...conditionsOf(spec, zone)];
  const textSearch = new TextSearch(spec);
  const names = conditions.filter((condition) => condition.level === 'name');
  const entries = conditions.filter((condition) => condition.level === 'entry');
  const bodies = conditions.filter((condition) => condition.level === 'body');
  const prefilters = (spec.texts ?? []).flatMap(
    (text) => makePrefilter(readableQuery(text), spec.caseSensitive ?? false) ?? [],
  );
  const mayNeedBodies = bodies.length > 0 || !textSearch.isEmpty;
  const admitsSlot = (slot: Slot) => names.every(({ holds }) => holds(slot));
  const mayPass = (entry: Entry) =>
    (names.length === 0 || admitsSlot(entry.slot)) && entries.every(({ holds }) => holds(entry));
  return {
    needsNamesOnly: conditions.length === names.length && textSearch.isEmpty,
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
    verdictOn(entry, event) {
      if (!mayPass(entry)) return false;
      if (!mayNeedBodies) return true;
      return event !== undefined && decideOn(event, bodies, textSearch);
    },
    matchesIn: (event, max) => findMatches(event, textSearch, spec, max),
  };
}

function findMatches(
  event: LoadedEvent,
  textSearch: TextSearch,
  { body, where = [] }: FilterSpec,
  max: number | undefined,
): readonly FieldMatches[] | undefined {
  try {
    return joinMatches([
      textSearch.matchesIn(event, max),
      ...(body === undefined ? [] : [new BodySearch(body).matchesIn(event)]),
      ...where.map((comparison) => comparisonMatches(comparison, readableEvent(event))),
    ]);
  } catch (error) {
    if (error instanceof UndecidedMatch) return undefined;
    throw error;
  }
}

/** Whether all conditions hold for an event, and its text matches. */
function decideOn(
  event: LoadedEvent,
  conditions: readonly BodyCondition[],
  textSearch: TextSearch,
): Verdict {
  try {
    return conditions.every(({ holds }) => holds(event)) && textSearch.verdictOn(event);
  } catch (error) {
    if (!(error instanceof UndecidedMatch)) throw error;
    const { slot, bytes } = event;
    const message = `${error.message} on event #${slot.index}`;
    return { kind: 'fault', slot, code: error.code, message, bytes };
  }
}

/**
 * A filter that was applied before: its verdicts are known by name, and an event without one does not pass. Events that
 * can't be read, or not be decided on, are still reported.
 */
export function appliedFilter(
  verdicts: ReadonlyMap<string, Verdict>,
  { admitsSlot, positionsIn, matchesIn }: Filter,
): Filter {
  const verdictOn = ({ slot }: Entry) => verdicts.get(slot.name) ?? false;
  return {
    needsNamesOnly: false,
    scanOptions: { mayNeedBodies: false, needsBody: () => false },
    admitsSlot,
    positionsIn,
    mayPass: (entry) => verdictOn(entry) !== false,
    verdictOn,
    matchesIn,
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
    const range = { since, until };
    yield {
      level: 'entry',
      holds: ({ stamp }) => stamp !== undefined && isInRange(toInstant(stamp, zone), range),
    };
  }
  if (spec.errors) yield { level: 'entry', holds: ({ failed }) => failed };
  for (const where of spec.where ?? []) {
    yield { level: 'body', holds: (event) => comparisonHolds(where, readableEvent(event)) };
  }
  if (body !== undefined) {
    const bodySearch = new BodySearch(body);
    yield { level: 'body', holds: (event) => bodySearch.holdsFor(event) };
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
