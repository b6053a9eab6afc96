/** Exit codes, as the contract has them. */
export const EXIT = {
  done: 0,
  nothingFound: 1,
  problemsFound: 1,
  endedInError: 1,
  differs: 1,
  usage: 2,
  incomplete: 3,
  internalError: 70,
  interrupted: 130,
  terminated: 143,
  hungUp: 129,
} as const;
