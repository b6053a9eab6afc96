import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { isOwnFile, noteUse, readIndexBytes, removeOwnFile, replaceOwnFile } from './cache-file.ts';
import { makePrivate, whyUnusable } from './cache-folder.ts';
import { decodeIndex, encodeIndex, type StoredIndex } from './index-file.ts';
import { TRUST_AGES, type TrustAges } from './trust-ages.ts';

/** Bytes that all indices together may take: about 4 million events. */
const DEFAULT_MAX_BYTES = 256 * 1024 * 1024;
/** Indices are removed until they take this share of the limit, so that the next ones need no removal. */
const TRIMMED_SHARE = 0.9;
/** Names of indices, and of temporary files from attempts to write one. */
const INDEX_NAME = /^[\w.-]{1,64}-[0-9a-f]{8}\.index$/;
const TEMPORARY_NAME = /^[\w.-]{1,64}-[0-9a-f]{8}\.index\.[0-9a-f]+$/;
/** A temporary file this old was left by a process that died. In ms. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/** An index in the cache. */
export interface CachedIndex {
  readonly file: string;
  /** In bytes. */
  readonly size: number;
  /** In ms since the epoch. */
  readonly usedAt: number;
  /** Undefined if the index can't be used, because it is damaged or of another version. */
  readonly index: { readonly path: string; readonly events: number } | undefined;
}

/**
 * Indices kept between runs, one file per conversation. Whatever is wrong with the folder or with a file in it, the
 * index counts as missing and is made again: that costs time and nothing else.
 */
export class IndexCache {
  /** Why an index could not be read or written, in words or as an error code; undefined if all went well. */
  problem: string | undefined;
  #isUsable: boolean | undefined;
  #hasMade = false;
  /** Bytes of all indices, as far as this process knows; undefined until they are needed. */
  #bytes: number | undefined;

  constructor(
    readonly folder: string,
    readonly maxBytes: number = DEFAULT_MAX_BYTES,
    /** When its entries are trusted. Tests have less time. */
    readonly ages: TrustAges = TRUST_AGES,
  ) {}

  /** Whether indices can be kept in the folder: see `whyUnusable`. */
  get isUsable(): boolean {
    this.#isUsable ??= this.#check();
    return this.#isUsable;
  }

  /** The index of a conversation; undefined if there is none. @param path real path of its events folder */
  load(path: string): StoredIndex | undefined {
    if (!this.isUsable) return undefined;
    const file = this.#fileOf(path);
    const bytes = readIndexBytes(file, this.maxBytes);
    const stored = bytes && decodeIndex(bytes);
    if (stored?.path !== path) return undefined;
    this.problem = noteUse(file) ?? this.problem;
    return stored;
  }

  /** Writes an index over the earlier one of its conversation, and removes the indices used longest ago. */
  async save(stored: StoredIndex): Promise<void> {
    if (!this.isUsable) return;
    const bytes = encodeIndex(stored);
    if (!bytes || bytes.length > this.maxBytes) return;
    try {
      if (!this.#isMade()) return;
      const file = this.#fileOf(stored.path);
      const before = lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
      if (await replaceOwnFile(file, bytes)) this.#trim(bytes.length - before);
      else this.problem = `something that is not an index of yours is at ${file}`;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      this.problem = code;
    }
  }

  /** All indices, the last used first. */
  list(): CachedIndex[] {
    return this.#files(INDEX_NAME)
      .filter(({ file }) => isOwnFile(file))
      .map(({ file, stat }) => {
        const bytes = readIndexBytes(file, this.maxBytes);
        const stored = bytes && decodeIndex(bytes);
        const index = stored && { path: stored.path, events: stored.names.length };
        return { file, size: stat.size, usedAt: stat.mtimeMs, index };
      })
      .sort((a, b) => b.usedAt - a.usedAt);
  }

  /** Removes all indices. @returns how many there were, and their bytes */
  clear(): { indices: number; bytes: number } {
    let [indices, bytes] = [0, 0];
    for (const { file, stat } of this.#files(INDEX_NAME)) {
      if (!removeOwnFile(file)) continue;
      indices++;
      bytes += stat.size;
    }
    for (const { file } of this.#files(TEMPORARY_NAME)) removeOwnFile(file);
    this.#bytes = undefined;
    return { indices, bytes };
  }

  /** Makes the folder, once. @returns whether it can be used */
  #isMade(): boolean {
    if (this.#hasMade) return true;
    makePrivate(this.folder);
    // Somebody else may have made it in the meantime.
    this.#hasMade = this.#check();
    return this.#hasMade;
  }

  #check(): boolean {
    const why = whyUnusable(this.folder);
    if (why !== undefined) this.problem = why;
    this.#isUsable = why === undefined;
    return this.#isUsable;
  }

  /** The name contains the conversation's name, for people, and a checksum of its path, because two can have one name. */
  #fileOf(path: string): string {
    const name = basename(path) === 'events' ? basename(dirname(path)) : basename(path);
    const readable = name.replaceAll(/[^\w.-]/g, '_').slice(0, 64) || '_';
    return join(this.folder, `${readable}-${crc32(path).toString(16).padStart(8, '0')}.index`);
  }

  /** Files of this user in the folder whose names have a form; none if the folder must not be used. */
  #files(form: RegExp): { file: string; stat: Stats }[] {
    if (!this.isUsable) return [];
    let names: string[];
    try {
      names = readdirSync(this.folder);
    } catch {
      return []; // there is no folder, so nothing is kept
    }
    return names
      .filter((name) => form.test(name))
      .flatMap((name) => {
        const file = join(this.folder, name);
        const stat = lstatSync(file, { throwIfNoEntry: false });
        return stat?.isFile() ? [{ file, stat }] : [];
      });
  }

  /** @param added bytes that were written just now, less those that they replaced */
  #trim(added: number): void {
    // The folder is listed once, and then only when the limit is reached: it can hold many thousand indices.
    if (this.#bytes === undefined) this.#removeAbandoned();
    else this.#bytes += added;
    if (this.#bytes !== undefined && this.#bytes <= this.maxBytes) return;
    const files = this.#files(INDEX_NAME).filter(({ file }) => isOwnFile(file));
    let bytes = files.reduce((sum, { stat }) => sum + stat.size, 0);
    if (bytes > this.maxBytes) {
      for (const { file, stat } of files.sort((a, b) => a.stat.mtimeMs - b.stat.mtimeMs)) {
        if (bytes <= this.maxBytes * TRIMMED_SHARE) break;
        if (removeOwnFile(file)) bytes -= stat.size;
      }
    }
    this.#bytes = bytes;
  }

  #removeAbandoned(): void {
    for (const { file, stat } of this.#files(TEMPORARY_NAME)) {
      if (Date.now() - stat.mtimeMs > ABANDONED_AFTER_MS) removeOwnFile(file);
    }
  }
}
