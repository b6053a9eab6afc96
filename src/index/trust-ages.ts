/** How long a file or folder can still change without a trace, or is likely to. */
export interface TrustAges {
  /** A file or folder can change again without a new time of status change for this long. In ms. */
  readonly clockGrainMs: number;
  /** The writer of a file that is younger than this may not be done with it. In ms. */
  readonly writerDoneAfterMs: number;
}

/** The clocks of file systems are coarse: up to 2 s. */
export const TRUST_AGES: TrustAges = { clockGrainMs: 2_000, writerDoneAfterMs: 5_000 };
