/** What became of the files of a sealed conversation. Paths are relative to it, with forward slashes. */
export interface SealChanges {
  readonly modified: readonly string[];
  readonly missing: readonly string[];
  /** New files that no appending explains. */
  readonly inserted: readonly string[];
  /** New events after the last that was sealed. */
  readonly appended: readonly string[];
}
