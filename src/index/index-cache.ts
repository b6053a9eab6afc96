import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isOwnFile, noteUse, readIndexBytes, removeOwnFile, replaceOwnFile } from './cache-file.ts';
import { makePrivate, whyUnusable } from './cache-folder.ts';
import { KEY_NAME, type KeyState, makeKey, readKey, removeKeyFile } from './cache-key.ts';
import { decodeIndex, encodeIndex, type StoredIndex } from './index-file.ts';
import { TRUST_AGES, type TrustAges } from './trust-ages.ts';

/** Bytes that all indices together may take: about 4 million events. */
const DEFAULT_MAX_BYTES = 256 * 1024 * 1024;
/** Indices are removed until they take this share of the limit, so that the next ones need no removal. */
const TRIMMED_SHARE = 0.9;
/** Names of indices, and of temporary files from attempts to write one. */
const INDEX_NAME = /^[\w.-]{1,64}-[0-9a-f]{8}\.index$/;
const TEMPORARY_NAME = /^[\w.-]{1,64}-[0-9a-f]{8}\.index\.[0-9a-f]+$/;
/** The name of the key, and of temporary files from attempts to write it. */
const KEY_FILE_NAME = /^cache\.key(\.[0-9a-f]+)?$/;
/** A temporary file this old was left by a process that died. In ms. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/** An index in the cache. */
export interface CachedIndex {
  readonly file: string;
  /** In bytes. */
  readonly size: number;
  /** In ms since the epoch. */
  readonly usedAt: number;
  /** Undefined if the index can't be used, because it is damaged, of another version or not of this cache. */
  readonly index: { readonly path: string; readonly events: number } | undefined;
}

/**
 * Indices kept between runs, one file per conversation. Whatever is wrong with the folder or with a file in it, the
 * index counts as missing and is made again: that costs time and nothing else.
 */
export class IndexCache {
  /** Why an index could not be read or written, in words or as an error code; undefined if all went well. */
  problem: string | undefined;
  /** What is undefined is not looked at yet. */
  #folderMayBeUsed: boolean | undefined;
  #key: KeyState | undefined;
  #hasMade = false;
  /** Bytes of all indices, as far as this process knows; undefined until they are needed. */
  #bytes: number | undefined;

  constructor(
    readonly folder: string,
    readonly maxBytes: number = DEFAULT_MAX_BYTES,
    /** When its entries are trusted. Tests have less time. */
    readonly ages: TrustAges = TRUST_AGES,
  ) {}

  /** Whether indices can be kept in the folder: see `whyUnusable` and `readKey`. */
  get isUsable(): boolean {
    return this.#mayUseFolder() && this.#keyOfFolder() !== 'unusable';
  }

  /** Size of the file of a conversation's index, in bytes; 0 if there is none. @param path as for `load` */
  sizeOf(path: string): number {
    try {
      return lstatSync(this.#fileOf(path), { throwIfNoEntry: false })?.size ?? 0;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      return 0; // `load` finds out why the folder can't be used
    }
  }

  /** The index of a conversation; undefined if there is none. @param path real path of its events folder */
  load(path: string): StoredIndex | undefined {
    if (!this.isUsable) return undefined;
    const file = this.#fileOf(path);
    const stored = this.#read(file);
    if (stored?.path !== path) return undefined;
    this.problem = noteUse(file) ?? this.problem;
    return stored;
  }

  /** Writes an index over the earlier one of its conversation, and removes the indices used longest ago. */
  async save(stored: StoredIndex): Promise<void> {
    if (!this.isUsable) return;
    try {
      const key = await this.#made();
      const bytes = key && encodeIndex(stored, key);
      if (!bytes || bytes.length > this.maxBytes) return;
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
        const stored = this.#read(file);
        // One that was moved to another name is never used.
        const isInPlace = stored !== undefined && this.#fileOf(stored.path) === file;
        const index = isInPlace ? { path: stored.path, events: stored.names.length } : undefined;
        return { file, size: stat.size, usedAt: stat.mtimeMs, index };
      })
      .sort((a, b) => b.usedAt - a.usedAt);
  }

  /** Removes all indices, and the key. @returns how many indices there were, and their bytes */
  clear(): { indices: number; bytes: number } {
    let [indices, bytes] = [0, 0];
    for (const { file, stat } of this.#files(INDEX_NAME)) {
      if (!removeOwnFile(file)) continue;
      indices++;
      bytes += stat.size;
    }
    for (const { file } of this.#files(TEMPORARY_NAME)) removeOwnFile(file);
    for (const { file } of this.#files(KEY_FILE_NAME)) removeKeyFile(file);
    this.#key = this.#bytes = undefined;
    if (this.#mayUseFolder()) this.#keyOfFolder(); // something that is not removed may be in its place
    return { indices, bytes };
  }

  /** The index in a file, if this cache wrote it. */
  #read(file: string): StoredIndex | undefined {
    const key = this.#keyOfFolder();
    if (!Buffer.isBuffer(key)) return undefined;
    const bytes = readIndexBytes(file, this.maxBytes);
    return bytes && decodeIndex(bytes, key);
  }

  /** Makes the folder and its key, once. @returns the key; undefined if they can't be used */
  async #made(): Promise<Buffer | undefined> {
    if (!this.#hasMade) {
      makePrivate(this.folder);
      // Somebody else may have made them in the meantime.
      this.#folderMayBeUsed = this.#key = undefined;
      if (this.isUsable && this.#key === 'missing') this.#key = await makeKey(this.folder);
      this.#hasMade = true;
    }
    if (!this.isUsable) return undefined;
    const key = this.#keyOfFolder();
    return Buffer.isBuffer(key) ? key : undefined;
  }

  #mayUseFolder(): boolean {
    if (this.#folderMayBeUsed === undefined) {
      const why = whyUnusable(this.folder);
      if (why !== undefined) this.problem = why;
      this.#folderMayBeUsed = why === undefined;
    }
    return this.#folderMayBeUsed;
  }

  #keyOfFolder(): KeyState {
    this.#key ??= readKey(this.folder);
    if (this.#key === 'unusable')
      this.problem = `${KEY_NAME} in it is not a key that only you can read`;
    return this.#key;
  }

  /** The name contains the conversation's name, for people, and a hash of its path, because two can have one name. */
  #fileOf(path: string): string {
    const name = basename(path) === 'events' ? basename(dirname(path)) : basename(path);
    const readable = name.replaceAll(/[^\w.-]/g, '_').slice(0, 64) || '_';
    return join(this.folder, `${readable}-${hashOf(path)}.index`);
  }

  /** Files of this user in the folder whose names have a form; none if the folder must not be used. */
  #files(form: RegExp): { file: string; stat: Stats }[] {
    if (!this.#mayUseFolder()) return [];
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

/** FNV-1a, in 8 hexadecimal digits. Node takes 2 ms to load its own checksums. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
