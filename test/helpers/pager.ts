import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './conversation.ts';

/** Makes a pager that keeps its input in a file, which also shows that it ran. @returns its environment */
export function makePager(script = 'cat > "$KEPT"'): { PAGER: string; KEPT: string } {
  const folder = temporaryFolder();
  const path = join(folder, 'pager');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return { PAGER: path, KEPT: join(folder, 'kept') };
}
