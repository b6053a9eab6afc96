import { renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { withCleanUp } from './clean-up.ts';

const RANDOM_BELOW = 2 ** 47;

/**
 * Makes a file, or replaces one, so that there is never half a file under its name: a temporary file beside it is
 * written and then renamed. If that fails or is interrupted, the temporary file is removed.
 *
 * @param nameOf makes the name of the temporary file from the target's name and a random number
 * @param write makes the temporary file. It must leave the event loop free, so that an interrupt is heard
 */
export function replaceFile(
  target: string,
  nameOf: (name: string, random: number) => string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const { randomInt } = process.getBuiltinModule('node:crypto'); // loaded only here, which takes 2 ms
  const temporary = join(dirname(target), nameOf(basename(target), randomInt(RANDOM_BELOW)));
  const discard = () => rmSync(temporary, { force: true });
  return withCleanUp(discard, async () => {
    await write(temporary);
    renameSync(temporary, target);
  });
}
