import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  promises,
  readdirSync,
  readSync,
  rmSync,
  type Stats,
  statSync,
  utimesSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { replaceFile } from '../storage/replace-file.ts';
import { decodeIndex, encodeIndex, type StoredIndex } from './index-file.ts';

/** Bytes that all indices together may take: about 5 million events. */
const DEFAULT_MAX_BYTES = 256 * 1024 * 1024;
const INDEX_SUFFIX = '.index';
/** A temporary file this old was left by a process that died. In ms. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000;
/** The time of use of an index is updated no more often than this. In ms. */
const USE_NOTED_EVERY_MS = 60 * 60 * 1000;

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
  /** Error code of the last index that could not be written; undefined if there was none. */
  writeError: string | undefined;

  constructor(
    readonly folder: string,
    readonly maxBytes: number = DEFAULT_MAX_BYTES,
  ) {}

  /** The index of a conversation; undefined if there is none. @param path real path of its events folder */
  load(path: string): StoredIndex | undefined {
    const file = this.#fileOf(path);
    const bytes = bytesOf(file);
    const stored = bytes && decodeIndex(bytes);
    if (stored?.path !== path) return undefined;
    this.#noteUse(file);
    return stored;
  }

  /** Writes an index over the earlier one of its conversation, and removes the indices used longest ago. */
  async save(stored: StoredIndex): Promise<void> {
    const bytes = encodeIndex(stored);
    if (!bytes || bytes.length > this.maxBytes) return;
    try {
      makePrivate(this.folder);
      // Without fsync: the checksum detects an index that a crash of the machine left half-written.
      await replaceFile(this.#fileOf(stored.path), temporaryName, (temporary) =>
        promises.writeFile(temporary, bytes, { mode: 0o600, flag: 'wx' }),
      );
      this.#trim();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      this.writeError = code;
    }
  }

  /** All indices, the last used first. */
  list(): CachedIndex[] {
    return this.#files()
      .filter(({ file }) => file.endsWith(INDEX_SUFFIX))
      .map(({ file, stat }) => {
        const bytes = bytesOf(file);
        const stored = bytes && decodeIndex(bytes);
        const index = stored && { path: stored.path, events: stored.names.length };
        return { file, size: stat.size, usedAt: stat.mtimeMs, index };
      })
      .sort((a, b) => b.usedAt - a.usedAt);
  }

  /** Removes all indices. @returns how many there were, and their bytes */
  clear(): { indices: number; bytes: number } {
    let [indices, bytes] = [0, 0];
    for (const { file, stat } of this.#files()) {
      if (!remove(file) || !file.endsWith(INDEX_SUFFIX)) continue;
      indices++;
      bytes += stat.size;
    }
    return { indices, bytes };
  }

  /** The name contains the conversation's name, for people, and a checksum of its path, because two can have one name. */
  #fileOf(path: string): string {
    const name = basename(path) === 'events' ? basename(dirname(path)) : basename(path);
    const readable = name.replaceAll(/[^\w.-]/g, '_').slice(0, 64);
    return join(
      this.folder,
      `${readable}-${crc32(path).toString(16).padStart(8, '0')}${INDEX_SUFFIX}`,
    );
  }

  #noteUse(file: string): void {
    const now = new Date();
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat || now.getTime() - stat.mtimeMs < USE_NOTED_EVERY_MS) return;
    try {
      utimesSync(file, now, now);
    } catch (error) {
      this.writeError = (error as NodeJS.ErrnoException).code ?? String(error);
    }
  }

  /** Files of this cache in the folder: indices, and temporary files of attempts to write one. */
  #files(): { file: string; stat: Stats }[] {
    let names: string[];
    try {
      names = readdirSync(this.folder);
    } catch {
      return []; // there is no folder, so nothing is kept
    }
    return names
      .filter((name) => /\.index(?:\.\d+)?$/.test(name))
      .flatMap((name) => {
        const file = join(this.folder, name);
        const stat = statSync(file, { throwIfNoEntry: false });
        return stat?.isFile() ? [{ file, stat }] : [];
      });
  }

  #trim(): void {
    const now = Date.now();
    let total = 0;
    for (const { file, stat } of this.#files().sort((a, b) => b.stat.mtimeMs - a.stat.mtimeMs)) {
      if (file.endsWith(INDEX_SUFFIX)) {
        total += stat.size;
        if (total > this.maxBytes) remove(file);
      } else if (now - stat.mtimeMs > ABANDONED_AFTER_MS) remove(file);
    }
  }
}

const temporaryName = (name: string, random: number) => `${name}.${random}`;

/** Removes a file, which another process may have removed already. @returns whether it is gone */
function remove(file: string): boolean {
  try {
    rmSync(file, { force: true });
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes a folder that no other user can read, because an index says what agents did. It goes step by step: Node's
 * recursive mkdir never returns on some file systems that refuse, such as /proc.
 */
function makePrivate(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })) return;
  makePrivate(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it first.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** A file's bytes, aligned for columns; undefined if it can't be read. */
function bytesOf(file: string): Buffer | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(file, 'r');
    const stat = fstatSync(fd);
    if (!stat.isFile()) return undefined;
    const bytes = Buffer.allocUnsafeSlow(stat.size);
    return readSync(fd, bytes) === stat.size ? bytes : undefined;
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
