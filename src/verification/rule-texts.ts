/*
 * Sentences that several rules share, so that the same fact is always worded the same way.
 */

export const CAUSE = {
  editedOrForeign: 'The event was edited, or a program other than the SDK wrote it.',
  foreign: 'A program other than the SDK wrote the event.',
  interruptedWrite:
    'The writing process was killed, or the disk was full, before the whole event reached the disk. Since 2026 the SDK writes a temporary file and renames it. Older versions write event files in place.',
} as const;

/** What the SDK does if an event that it cannot read is on the active branch. */
const BLOCKS_RESUMING = 'If the event is on the active branch, the conversation cannot be resumed.';

export const CONSEQUENCE = {
  fileNotFoundError: `The SDK raises FileNotFoundError ("Missing event file") when it reads the event, although the file exists. Iterating over all events skips the file silently. ${BLOCKS_RESUMING}`,
  validationError: `The SDK raises ValidationError when it reads the event. ${BLOCKS_RESUMING} The agent-server leaves the event out of search results and writes a line to its log.`,
  unicodeDecodeError: `The SDK raises UnicodeDecodeError when it reads the event. ${BLOCKS_RESUMING} The agent-server leaves the event out of search results.`,
  unknownToSdk: (what: 'kind' | 'field') =>
    `An SDK version that does not know the ${what} raises ValidationError when it reads the event.`,
  comparesTimesAsText:
    'The SDK compares timestamps as text, so its searches by time can return wrong results.',
  ignoresSeals: 'The SDK does not check seals.',
} as const;

export const REMEDY = {
  none: 'No action is needed.',
  restoreFile: 'Restore the file from a backup.',
  /** For an event that is lost without a backup. */
  continueBefore:
    'Without a backup, make a copy of the conversation that ends before this event, and continue from the copy.',
  readWithWriter: 'Read the conversation with the SDK version that wrote it.',
} as const;
