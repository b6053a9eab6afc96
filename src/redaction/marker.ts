const MARKER_START = '[redacted:';

/** Matches the marker of any rule, such as `[redacted:github-token]`. For `replaceAll` alone. */
export const ANY_MARKER = /\[redacted:[a-z\d-]{1,40}\]/g;

/** The text that replaces a secret: `[redacted:github-token]`. */
export const markerOf = (rule: string) => `${MARKER_START}${rule}]`;

/** Whether a marker's rule, rather than a name of the text itself, begins at `at`. */
export const isRuleOfMarker = (text: string, at: number) =>
  text.startsWith(MARKER_START, at - MARKER_START.length);
