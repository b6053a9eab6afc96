import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

/** What can become of a file in the cache. */
const damages: Record<string, (file: string) => void> = {
  removed: (file) => rmSync(file),
  cut: (file) => truncateSync(file, Math.floor(statSync(file).size / 2)),
  emptied: (file) => truncateSync(file, 0),
  grown: (file) => appendFileSync(file, 'more'),
  flipped(file) {
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1]! ^= 0x10;
    writeFileSync(file, bytes);
  },
  newer(file) {
    const bytes = readFileSync(file);
    if (bytes.length >= 12) bytes.writeUInt32LE(999, 8); // it may have been emptied before
    writeFileSync(file, bytes);
  },
  'a folder': (file) => [rmSync(file), mkdirSync(file)],
  'a dangling link': (file) => [rmSync(file), symlinkSync('/nowhere/at/all', file)],
};

/** Does a damage to every index in a cache. */
export function damageIndexes(folder: string, how: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (
      name.endsWith('.index') &&
      statSync(join(folder, name), { throwIfNoEntry: false })?.isFile()
    )
      damages[how]!(join(folder, name));
  }
}

const which = fc.nat(1000);
const quietly = fc.boolean();
const happening = fc.oneof(
  fc.record({ do: fc.constant('append' as const), count: fc.integer({ min: 1, max: 5 }), quietly }),
  fc.record({ do: fc.constantFrom('replace' as const, 'remove' as const), which, quietly }),
  fc.record({ do: fc.constantFrom('rename' as const, 'swap' as const), which, quietly }),
  fc.record({ do: fc.constant('edit' as const), which, quietly }),
  fc.record({ do: fc.constantFrom('edit' as const, 'truncate' as const), which, quietly }),
  fc.record({ do: fc.constantFrom('link' as const), which, quietly }),
  fc.record({ do: fc.constantFrom('cut' as const, 'restore' as const), quietly }),
  fc.record({ do: fc.constantFrom('rest' as const) }),
  fc.record({ do: fc.constantFrom('rest' as const) }),
);
/** Something that happens to a conversation, or the name of a damage to its index. */
export const step = fc.oneof(
  { weight: 8, arbitrary: happening },
  { weight: 1, arbitrary: fc.constantFrom(...Object.keys(damages)) },
);
