/** What a total is made of. */
export type CoverageUnit = 'responses' | 'events' | 'calls' | 'steps';

/** How much of what a total is about is in it. */
export interface Coverage {
  readonly unit: CoverageUnit;
  /** How many of them are in the total; undefined if that can't be known. */
  readonly known: number | undefined;
  /** How many there are. */
  readonly of: number;
  /** Whether nothing is missing from the total; undefined if that can't be known. */
  readonly isComplete: boolean | undefined;
}

export function coverageOf(unit: CoverageUnit, known: number, of: number): Coverage {
  return { unit, known, of, isComplete: known >= of };
}

/** Whether a total is known to lack something, so that it is a lower limit. */
export const isPartial = ({ isComplete }: Coverage) => isComplete === false;
