import type { Entry } from '../domain/entry.ts';
import type { Fault } from '../domain/event.ts';
import type { EventSource } from '../domain/scan.ts';
import { bySlot, type Slot } from '../domain/slot.ts';
import { Page } from './page.ts';
import { pageReference } from './page-reference.ts';
import type { SearchRequest, SearchResult } from './search-request.ts';

/** What one search has looked at so far, and what it could not read. */
export class SearchProgress {
  scanned = 0;
  /** Events that would match if whole-file fields were searched too. */
  onlyInFiles = 0;
  readonly displaced: Slot[] = [];
  readonly #skipped: Fault[] = [];
  readonly #kinds = new Set<string>();
  readonly wantsContext: boolean;

  constructor(readonly request: SearchRequest) {
    this.wantsContext = request.before + request.after > 0;
  }

  look(entry: Entry): void {
    this.scanned++;
    this.#kinds.add(entry.kind);
  }

  skip(fault: Fault): undefined {
    this.scanned++;
    // As context, any event can be part of the result.
    if (this.wantsContext || this.request.filter.admitsSlot(fault.slot)) this.#skipped.push(fault);
  }

  /** @param lookahead events behind a full page in which to look for the next hit */
  newPage(lookahead: number): Page {
    const { before, after, limit = Number.POSITIVE_INFINITY } = this.request;
    return new Page({ before, after, limit, lookahead: Math.max(lookahead, after + 1) });
  }

  result(page: Page, source: EventSource, complete: boolean): SearchResult {
    return {
      lines: page.lines,
      nextPage: page.next === undefined ? null : pageReference(source.slots, page.next),
      scanned: this.scanned,
      complete,
      skipped: this.#skipped.sort((a, b) => bySlot(a.slot, b.slot)),
      kinds: this.#kinds,
      displaced: this.displaced,
      onlyInFiles: this.onlyInFiles,
    };
  }
}
