import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  type Stats,
  statSync,
  utimesSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { decodeIndex, encodeIndex, type StoredIndex } from './index-file.ts';

/** All indices together may take this much, in bytes; those of 4 million events. */
const DEFAULT_MAX_BYTES = 256 * 1024 * 1024;
const INDEX_SUFFIX = '.index';
/** What was begun this long ago and is not in its place yet was left by a process that died. In ms. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000;
/** A use is noted no more often than this. In ms. */
const USE_NOTED_EVERY_MS = 60 * 60 * 1000;

/** An index that is kept. */
export interface CachedIndex {
  readonly file: string;
  /** In bytes. */
  readonly size: number;
  /** In ms since the epoch. */
  readonly usedAt: number;
  /** Undefined for one that can't be used, for it is damaged or of another version. */
  readonly index: { readonly path: string; readonly events: number } | undefined;
}

/**
 * Indices kept between runs, one file a conversation. Whatever is wrong with the folder or a file in
 * it, an index is just not there, and made anew: this costs time and nothing else.
 */
export class IndexCache {
  /** Why an index could not be kept, if so. */
  writeError: string | undefined;

  constructor(
    readonly folder: string,
    readonly limit: number = DEFAULT_MAX_BYTES,
  ) {}

  /** What was kept of a conversation. @param path real path of its events folder */
  load(path: string): StoredIndex | undefined {
    const file = this.#fileOf(path);
    const bytes = bytesOf(file);
    const stored = bytes && decodeIndex(bytes);
    if (stored?.path !== path) return undefined;
    this.#noteUse(file);
    return stored;
  }

  /** Keeps an index, in place of what was kept of its conversation, and lets the oldest go. */
  async save(stored: StoredIndex): Promise<void> {
    const bytes = encodeIndex(stored);
    if (!bytes || bytes.length > this.limit) return;
    try {
      const { default: writeFileAtomic } = await import('write-file-atomic');
      makePrivate(this.folder);
      // Without fsync: what a crash of the machine leaves half-written is told by its checksum.
      writeFileAtomic.sync(this.#fileOf(stored.path), bytes, { mode: 0o600, fsync: false });
      this.#trim();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      this.writeError = code;
    }
  }

  /** What is kept, last used first. */
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

  /** Removes all that is kept. @returns how many indices, and their bytes */
  clear(): { indices: number; bytes: number } {
    let [indices, bytes] = [0, 0];
    for (const { file, stat } of this.#files()) {
      if (!remove(file) || !file.endsWith(INDEX_SUFFIX)) continue;
      indices++;
      bytes += stat.size;
    }
    return { indices, bytes };
  }

  /** Named by the conversation, for people, and by its whole path, for two of one name. */
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

  /** Our files in the folder: indices, and what became of attempts to write one. */
  #files(): { file: string; stat: Stats }[] {
    let names: string[];
    try {
      names = readdirSync(this.folder);
    } catch {
      return []; // no folder, nothing kept
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
        if (total > this.limit) remove(file);
      } else if (now - stat.mtimeMs > ABANDONED_AFTER_MS) remove(file);
    }
  }
}

/** Whether it is gone. Another process may have removed it first. */
function remove(file: string): boolean {
  try {
    rmSync(file, { force: true });
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes a folder that no other user looks into: an index tells what agents did. Step by step, for Node's
 * own way never ends where a file system refuses in an odd way, as /proc does.
 */
function makePrivate(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })) return;
  makePrivate(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have been quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** A file's bytes, aligned for columns; undefined where it can't be read. */
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
