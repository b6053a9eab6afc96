/** A file of a sealed conversation, as it was when it was sealed. */
export interface SealedFile {
  /** Relative to the conversation, with forward slashes. */
  readonly path: string;
  /** For a link, size and digest are those of its target path, because the link is not followed. */
  readonly type: 'file' | 'link' | 'other';
  /** In bytes. */
  readonly size: number;
  /** In hex; empty if the file could not be read. */
  readonly sha256: string;
}

/** The list of files that a conversation consisted of when it was sealed. */
export interface Manifest {
  readonly format_version: 1;
  readonly conversation: { readonly id: string };
  /** When, in UTC: ISO 8601. */
  readonly sealed_at: string;
  /** Sorted by path. */
  readonly files: readonly SealedFile[];
  /** SHA-256 of all files, with one line of JSON for each: path, type, size and digest. In hex. */
  readonly digest: string;
}

/** How a conversation has changed since it was sealed. Paths are relative to it, with forward slashes. */
export interface SealChanges {
  readonly modified: readonly string[];
  readonly missing: readonly string[];
  /** New files, except for appended events. */
  readonly inserted: readonly string[];
  /** New events after the last sealed one. */
  readonly appended: readonly string[];
}
