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

/** The coverage of a sum of totals. */
export function sumCoverages(unit: CoverageUnit, all: readonly Coverage[]): Coverage {
  const known = all.map((one) => one.known);
  const answers = all.map(({ isComplete }) => isComplete);
  return {
    unit,
    known: known.includes(undefined) ? undefined : known.reduce<number>((a, b) => a + (b ?? 0), 0),
    of: all.reduce((sum, one) => sum + one.of, 0),
    isComplete: answers.includes(false) ? false : answers.includes(undefined) ? undefined : true,
  };
}

/** Whether a total is known to lack something, so that it is a lower limit. */
export const isPartial = ({ isComplete }: Coverage) => isComplete === false;
