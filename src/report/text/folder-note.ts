import type { ShortPaths } from '../../history/comparison/short-paths.ts';
import { safeText } from './terminal-safe.ts';

/** Says which folder is left out of texts: `… is /workspace/project`. Undefined if none is. */
export function folderNote({ folder, hasCommands }: ShortPaths): string | undefined {
  if (folder === undefined) return undefined;
  return `… is ${safeText(folder)}${hasCommands ? ', where commands after …$ run' : ''}`;
}
