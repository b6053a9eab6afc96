/**
 * Exit codes. Scripts depend on them, so they never change. A shell adds 130, 143 and 129 for a process that SIGINT,
 * SIGTERM or SIGHUP ended.
 */
export const EXIT = {
  done: 0,
  nothingFound: 1,
  problemsFound: 1,
  endedInError: 1,
  differs: 1,
  /** Wrong usage, or the work could not be done. */
  usage: 2,
  /** Done, but events that can't be read are missing from the answer. */
  incomplete: 3,
  /** A fault of convoscope itself. */
  internalError: 70,
} as const;
