import type { Entry } from '../domain/entry.ts';
import type { Fault, LoadedEvent } from '../domain/event.ts';
import type { ScanVisitor } from '../domain/scan.ts';
import type { Filter } from './filter.ts';

/** As ScanVisitor, with what a filter says about each event. */
interface FilteredVisitor {
  entry(entry: Entry, passes: boolean, position: number): boolean | undefined;
  /** The next event does not pass, but would if whole-file fields were searched too. */
  onlyInFiles(): void;
  /** An event that can't be read, or about which the filter can't decide. */
  fault(fault: Fault, position: number): boolean | undefined;
}

/** Visits the events of a scan with the verdict of a filter on each. */
export function withFilter(filter: Filter, visitor: FilteredVisitor): ScanVisitor {
  return {
    entry(entry: Entry, event: LoadedEvent | undefined, position: number) {
      const verdict = filter.verdictOn(entry, event);
      if (typeof verdict === 'object') return visitor.fault(verdict, position);
      if (verdict === 'only-in-files') visitor.onlyInFiles();
      return visitor.entry(entry, verdict === true, position);
    },
    fault: (fault, position) => visitor.fault(fault, position),
  };
}
