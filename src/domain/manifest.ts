/** A file as it was sealed. */
export interface SealedFile {
  /** Relative to the conversation, with forward slashes. */
  readonly path: string;
  /** Of a link its target stands for its content. */
  readonly type: 'file' | 'link' | 'other';
  /** In bytes. */
  readonly size: number;
  /** Empty for what could not be read. */
  readonly sha256: string;
}

/** What a conversation consisted of when it was sealed. */
export interface Manifest {
  readonly format_version: 1;
  readonly conversation: { readonly id: string };
  /** UTC. */
  readonly sealed_at: string;
  /** By path. */
  readonly files: readonly SealedFile[];
  /** SHA-256 over a line of JSON for each file: path, type, size and digest. */
  readonly digest: string;
}

/** What became of the files of a sealed conversation. Paths are relative to it, with forward slashes. */
export interface SealChanges {
  readonly modified: readonly string[];
  readonly missing: readonly string[];
  /** New files that no appending explains. */
  readonly inserted: readonly string[];
  /** New events after the last that was sealed. */
  readonly appended: readonly string[];
}
