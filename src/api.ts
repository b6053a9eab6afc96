/**
 * The public API of convoscope, for programs: it opens a conversation, searches and counts its events, and verifies it.
 * It never writes into a conversation, and prints nothing.
 *
 * Functions that take a path throw an error with a `code` (such as `not-a-conversation`) if it can't be read. An event
 * that can't be read never makes them throw: it is in `skipped`.
 */
import { resolve } from 'node:path';
import type { Fault, LoadedEvent } from './domain/event.ts';
import { locateAtPath } from './locating/locate.ts';
import { count as countEvents } from './query/count.ts';
import { parseComparison } from './query/fields/field-comparison.ts';
import { type Filter, makeFilter } from './query/filter.ts';
import { itemsOf } from './query/result-items.ts';
import { search as searchEvents } from './query/search.ts';
import { EventLog } from './reading/event-log.ts';
import { ReadScheduler } from './reading/read-scheduler.ts';
import { FolderStorage } from './storage/folder-storage.ts';
import { DEFAULT_LIMITS } from './storage/read-limits.ts';
import { makePattern } from './text/regex/pattern.ts';
import { findZone, localZone, type Zone } from './time/zone.ts';

/** Most event files read at once. */
const JOBS = 16;

/** How a conversation is read. */
export interface OpenOptions {
  /** Zone of timestamps without an offset: an IANA name, `UTC`, or an offset. Default: this machine's. */
  readonly timeZone?: string;
}

/** A conversation that was opened, with its events as they were then. */
export interface Conversation {
  /** Name of its folder; a UUID without its dashes. */
  readonly id: string;
  /** Absolute path of its folder. */
  readonly path: string;
  /** How many event files it has. */
  readonly events: number;
}

/** What events must have. Everything that is set must hold. */
export interface Query {
  /** Texts that the visible text must contain, ignoring case. */
  readonly texts?: readonly string[];
  /** JavaScript regular expressions that the visible text must match, ignoring case. */
  readonly patterns?: readonly string[];
  /** Makes texts, patterns and `~` in `where` case-sensitive. */
  readonly caseSensitive?: boolean;
  /** Makes texts and patterns search whole files too: `old_content` and `new_content` of an observation. */
  readonly allFields?: boolean;
  /** Kinds, by class name or short name. `!kind` excludes one. */
  readonly kinds?: readonly string[];
  readonly sources?: readonly ('agent' | 'user' | 'environment' | 'hook')[];
  readonly tools?: readonly string[];
  /** At or after this time. */
  readonly since?: Date;
  /** Before this time. */
  readonly until?: Date;
  /** The event reports a failure. */
  readonly errors?: boolean;
  /** Comparisons of fields, such as `observation.exit_code!=0`. */
  readonly where?: readonly string[];
}

/** A query whose results are sorted and paged. */
export interface SearchQuery extends Query {
  /** By time (default), or in the order in which the events were written. */
  readonly order?: 'time' | 'index';
  /** The last first. */
  readonly descending?: boolean;
  /** Most events wanted. Default: all. */
  readonly limit?: number;
  /** Id of the event at which to begin: `nextPage` of the page before. */
  readonly page?: string;
}

/** One event. */
export interface ConversationEvent {
  readonly index: number;
  readonly id: string;
  /** Class name of its kind; empty if it has none. */
  readonly kind: string;
  /** The file's text, exactly as it is on disk. */
  readonly json: string;
  /** The parsed text. Numbers are doubles here: `json` has their exact digits. */
  readonly value: Readonly<Record<string, unknown>>;
}

/** An event that can't be read, and is missing from the result. */
export interface SkippedEvent {
  readonly index: number;
  /** Relative to the conversation's folder. */
  readonly file: string;
  /** As `verify` reports it. */
  readonly code: string;
  readonly message: string;
}

export interface SearchResult {
  readonly events: readonly ConversationEvent[];
  /** Value of `page` for the next page; null if this is the last one. */
  readonly nextPage: string | null;
  /** Every event that could take part in the result was looked at. */
  readonly complete: boolean;
  /** How many of the events looked at would match if `allFields` were set. */
  readonly onlyInFiles: number;
  readonly skipped: readonly SkippedEvent[];
}

export interface CountResult {
  readonly count: number;
  /** How many events would match if `allFields` were set. */
  readonly onlyInFiles: number;
  readonly skipped: readonly SkippedEvent[];
}

/** Something that is wrong with a stored conversation, or worth knowing about it. */
export interface VerifyFinding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** Relative to the conversation's folder. */
  readonly file: string | null;
  readonly index: number | null;
  readonly eventId: string | null;
  /** What the SDK does about it. */
  readonly consequence: string;
}

export interface VerifyResult {
  readonly id: string;
  readonly path: string;
  readonly events: number;
  /** How many events the SDK itself would load. */
  readonly reachable: number;
  /** Whether the SDK can resume the conversation. */
  readonly resumes: 'yes' | 'partly' | 'no' | 'fresh' | 'unknown';
  /** The worst first. */
  readonly findings: readonly VerifyFinding[];
}

/** What belongs to a conversation that was opened here. */
interface Opened {
  readonly log: EventLog;
  readonly zone: Zone;
}

const opened = new WeakMap<Conversation, Opened>();

/**
 * Opens a conversation: its folder, its `events` folder, or a folder of event files. It opens no event file.
 *
 * @throws Error with code `not-a-conversation`, or if the folder can't be listed
 */
export function openConversation(path: string, options: OpenOptions = {}): Conversation {
  const { timeZone } = options;
  const zone = timeZone === undefined ? localZone() : findZone(timeZone);
  if (!zone) throw new RangeError(`${timeZone}: no such time zone`);
  const folder = folderAt(path);
  const log = new EventLog(new FolderStorage(folder), new ReadScheduler(JOBS));
  const conversation = { id: folder.id, path: resolve(folder.path), events: log.slots.length };
  opened.set(conversation, { log, zone });
  return conversation;
}

/**
 * Finds events, sorted by time or by index.
 *
 * @throws Error with code `no-such-event` if `page` is not the id of an event; RangeError for an invalid limit or
 *   time; SyntaxError for an invalid pattern or comparison
 */
export async function search(
  conversation: Conversation,
  query: SearchQuery = {},
): Promise<SearchResult> {
  const { log, zone } = openedOf(conversation);
  const { limit } = query;
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit > 0)) {
    throw new RangeError(`limit ${limit}: not a whole number above 0`);
  }
  const result = await searchEvents(log, {
    filter: filterOf(query, zone),
    zone,
    order: query.order ?? 'time',
    descending: query.descending ?? false,
    before: 0,
    after: 0,
    ...(limit !== undefined && { limit }),
    ...(query.page !== undefined && { page: query.page }),
  });
  const events: ConversationEvent[] = [];
  const items = itemsOf(log, result.lines, (event: LoadedEvent) => event, result.skipped);
  for await (const { row } of items) events.push(eventOf(row));
  const { nextPage, complete, onlyInFiles } = result;
  const skipped = result.skipped.map((fault) => skippedOf(fault, log));
  return { events, nextPage, complete, onlyInFiles, skipped };
}

/** Counts events. Without a query it opens no event file. @throws RangeError or SyntaxError as `search` */
export async function count(conversation: Conversation, query: Query = {}): Promise<CountResult> {
  const { log, zone } = openedOf(conversation);
  const result = await countEvents(log, filterOf(query, zone), zone);
  return {
    count: result.count,
    onlyInFiles: result.onlyInFiles,
    skipped: result.skipped.map((fault) => skippedOf(fault, log)),
  };
}

/** Verifies one conversation: every byte of every event file is read. @throws Error as openConversation */
export async function verify(path: string): Promise<VerifyResult> {
  // The rules and their schemas are large, so they are loaded only here.
  const { verifyConversation } = await import('./use-cases/verify-conversation.ts');
  const { makeRuleConfig } = await import('./verification/verify.ts');
  const config = makeRuleConfig({ severity: new Map(), ignore: [], only: [] });
  const job = { folder: folderAt(path), config, limits: DEFAULT_LIMITS };
  const result = await verifyConversation(job, new ReadScheduler(JOBS));
  return {
    id: result.id,
    path: result.path,
    events: result.events,
    reachable: result.reachable,
    resumes: result.resumes,
    findings: result.findings.map(
      ({ code, severity, message, file, index, event_id: eventId, consequence }) => ({
        code,
        severity,
        message,
        file,
        index,
        eventId,
        consequence,
      }),
    ),
  };
}

/** @throws CoreError */
function folderAt(path: string) {
  // A folder that can't be listed is only missing from the error's list of what was found.
  return locateAtPath(path, { warn: () => undefined });
}

function openedOf(conversation: Conversation): Opened {
  const known = opened.get(conversation);
  if (known) return known;
  throw new TypeError('not a conversation that openConversation returned');
}

function filterOf(query: Query, zone: Zone): Filter {
  const { patterns = [], where = [], since, until, caseSensitive = false, ...rest } = query;
  return makeFilter(
    {
      ...rest,
      caseSensitive,
      patterns: patterns.map((pattern) => makePattern(pattern, caseSensitive)),
      where: where.map((text) => comparisonOf(text, caseSensitive)),
      ...(since && { since: microsecondsOf(since) }),
      ...(until && { until: microsecondsOf(until) }),
    },
    zone,
  );
}

/** µs since the epoch. @throws RangeError for an invalid date */
function microsecondsOf(date: Date): number {
  const time = date.getTime();
  if (Number.isNaN(time)) throw new RangeError('an invalid Date is not a time');
  return time * 1000;
}

function comparisonOf(text: string, caseSensitive: boolean) {
  const comparison = parseComparison(text, caseSensitive);
  if (comparison) return comparison;
  throw new SyntaxError(`${text}: not <path><op><value>`);
}

function eventOf({ slot, entry, text, value }: LoadedEvent): ConversationEvent {
  return { index: slot.index, id: slot.id, kind: entry.kind, json: text, value };
}

function skippedOf({ slot, code, message }: Fault, log: EventLog): SkippedEvent {
  return { index: slot.index, file: log.fileOf(slot), code, message };
}
