import { CoreError } from '../../domain/errors.ts';

/** A word that can be inserted, and its meaning. */
export type Candidate = readonly [value: string, about?: string];

/**
 * Reads something for a completion. If it can't be read, it is not offered. The error is not reported, because the user
 * only pressed a key.
 */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CoreError) return undefined;
    throw error;
  }
}
