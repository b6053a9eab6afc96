import { statSync } from 'node:fs';

/** Whether a path is a character device here. Tests that need one are skipped without it. */
export function isDevice(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isCharacterDevice() ?? false;
}
