import { constants } from 'node:buffer';

/** How much of an event is read and parsed. Plain data, so that it can be sent to other threads. */
export interface ReadLimits {
  /** Larger files are not read. In bytes. */
  readonly maxFileBytes: number;
  /** JSON that would take more memory once it is parsed is not parsed. In bytes, estimated. */
  readonly maxHeapBytes: number;
}

/** An event is a few hundred KB at most. */
const DEFAULT_MAX_FILE_BYTES = 64 * 1024 * 1024;
/** Most memory of parsed JSON for each byte that a file may have. */
const HEAP_BYTES_PER_FILE_BYTE = 2;

/**
 * The limits for events of a size. The limit on parsed JSON is never below its default, which is 128 MiB.
 *
 * @param maxFileBytes largest file to be read; left out, 64 MiB. No text can be longer than 512 MiB in Node.
 */
export function readLimits(maxFileBytes: number = DEFAULT_MAX_FILE_BYTES): ReadLimits {
  return {
    maxFileBytes: Math.min(maxFileBytes, constants.MAX_STRING_LENGTH),
    maxHeapBytes: HEAP_BYTES_PER_FILE_BYTE * Math.max(maxFileBytes, DEFAULT_MAX_FILE_BYTES),
  };
}

export const DEFAULT_LIMITS = readLimits();

/** A limit in words. */
export function limitText(bytes: number): string {
  const mib = bytes / 1024 / 1024;
  return Number.isInteger(mib) ? `${mib} MiB` : `${bytes} bytes`;
}
