/** What a run did to event files, all conversations together. */
export interface ReadStats {
  opened: number;
  read: number;
  parsed: number;
  /** Events that were still in memory. */
  remembered: number;
  /** Entries from the index of an earlier run: the file was not looked at, or only its size and times were. */
  indexed: number;
  bytes: number;
}

export function noReads(): ReadStats {
  return { opened: 0, read: 0, parsed: 0, remembered: 0, indexed: 0, bytes: 0 };
}
