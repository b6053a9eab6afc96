import {
  appendFileSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { randomNumbers } from './sweep.ts';

interface Random {
  below(limit: number): number;
  of<T>(items: readonly T[]): T;
}

/** Values that readers do not expect, as JSON text. */
// biome-ignore format: one value a line would take a page
const HOSTILE_VALUES = [
  'null', 'true', '-1', '0', '1e400', '-0', '9007199254740993', '1.5', '""', '"x"', '[]', '{}', '[[]]', '{"kind":"x"}',
  '"__root__"', '"constructor"', '"__proto__"', '{"__proto__":{"x":1}}', '{"toString":1}', '{"length":-1}', '"\\u0000"',
  '"\\ud800"', '"\\u001b[2J"', '"a\\r\\nb\\rc"', '"\\u202e"', '"2026-03-02T09:14:05"', '"0001-01-01T00:00:00"', '"9999-99-99"',
  '"275760-09-13T00:00:00.000001Z"', '1e21', '-9007199254740993', '"data:image/png;base64,iVBORw0KGgo="', '"::error::x"',
  '{"type":"text","text":"x"}', '[{"type":"text"}]', '[null]', '[{}]', `"${'x'.repeat(5000)}"`, `${'['.repeat(300)}${']'.repeat(300)}`,
];

// biome-ignore format: as above
const HOSTILE_NAMES = [
  'event-.json', 'event-00000-.json', 'event-99999999999999999999-00000000-0000-4000-8000-000000000000.json',
  'event-000000-00000000-0000-4000-8000-000000000000.json', 'EVENT-00000-00000000-0000-4000-8000-000000000000.json',
  'event-00001-00000000-0000-4000-8000-000000000000.json', 'event-2147483648-00000000-0000-4000-8000-000000000000.json',
  'a\nb', '\u001b[2J.json', '.hidden', ' ', '__proto__', 'base_state.json',
];

/** What can happen to a file of the conversation. */
const MUTATIONS: ((file: string, random: Random) => void)[] = [
  fillTail,
  flipBytes,
  flipBytes,
  insertBytes,
  (file, random) => truncateSync(file, random.below(readFileSync(file).length + 1)),
  (file, random) =>
    appendFileSync(file, random.of(['\0', '\n', '}', '{}', '\uFEFF', ' '.repeat(99)])),
  (file) => writeFileSync(file, `\uFEFF${readFileSync(file, 'utf8')}`),
  replaceValue,
  replaceValue,
  replaceValue,
  replaceValue,
  removeKey,
  rename,
  copy,
  (file) => rmSync(file),
  (file) => [rmSync(file), mkdirSync(file)],
  (file, random) => [
    rmSync(file),
    symlinkSync(random.of([file, '/nowhere', '/etc/passwd', '.', '..']), file),
  ],
  (file) => [rmSync(`${file}.tmp`, { force: true }), linkSync(file, `${file}.tmp`)],
  swap,
];

/**
 * Changes a conversation at random, bytes and structure. The same seed makes the same changes.
 *
 * @param count how many changes
 */
export function mutate(conversation: string, seed: number, count: number): void {
  const random = randomOf(seed);
  for (let done = 0; done < count; done++) {
    const files = filesIn(conversation);
    if (files.length === 0) return;
    random.of(MUTATIONS)(random.of(files), random);
  }
}

/** Files, not links or folders, at any depth, in order of their names. */
function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .flatMap((path) => {
      const stat = lstatSync(path);
      if (stat.isDirectory()) return filesIn(path);
      return stat.isFile() && basename(path) !== '.eventlog.lock' ? [path] : [];
    });
}

function overwrite(file: string, change: (bytes: Buffer) => Uint8Array): void {
  writeFileSync(file, change(readFileSync(file)));
}

function fillTail(file: string, random: Random): void {
  overwrite(file, (bytes) => bytes.fill(random.below(256), random.below(bytes.length + 1)));
}

function flipBytes(file: string, random: Random): void {
  overwrite(file, (bytes) => {
    for (let left = 1 + random.below(4); left > 0 && bytes.length > 0; left--) {
      bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
    }
    return bytes;
  });
}

function insertBytes(file: string, random: Random): void {
  overwrite(file, (bytes) => {
    const at = random.below(bytes.length + 1);
    const inserted = Buffer.from([random.below(256), random.below(256)]);
    return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at)]);
  });
}

function rename(file: string, random: Random): void {
  const target = freePath(file, random);
  if (target) renameSync(file, target);
}

function copy(file: string, random: Random): void {
  const target = freePath(file, random);
  if (target) copyFileSync(file, target);
}

/** A hostile name beside a file; undefined where it is taken, be it by a link to nowhere. */
function freePath(file: string, random: Random): string | undefined {
  const path = join(dirname(file), random.of(HOSTILE_NAMES));
  return lstatSync(path, { throwIfNoEntry: false }) ? undefined : path;
}

function swap(file: string, random: Random): void {
  const other = random.of(filesIn(dirname(file)));
  renameSync(file, `${file}.aside`);
  if (existsSync(other)) renameSync(other, file);
  renameSync(`${file}.aside`, other);
}

type Container = Record<string, unknown>;

/** A random object or list of a JSON file, and one of its keys; undefined where the file has none. */
function placeIn(document: unknown, random: Random): [Container, string] | undefined {
  let place: [Container, string] | undefined;
  for (let value = document; typeof value === 'object' && value !== null; ) {
    const keys = Object.keys(value);
    if (keys.length === 0 || (place && random.below(4) === 0)) break;
    place = [value as Container, random.of(keys)];
    value = place[0][place[1]];
  }
  return place;
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // damaged before
  }
}

function replaceValue(file: string, random: Random): void {
  const document = parsed(file);
  const place = placeIn(document, random);
  if (!place) return;
  place[0][place[1]] = '@mutated@';
  const value = random.of(HOSTILE_VALUES);
  writeFileSync(
    file,
    JSON.stringify(document).replace('"@mutated@"', () => value),
  );
}

function removeKey(file: string, random: Random): void {
  const document = parsed(file);
  const place = placeIn(document, random);
  if (!place) return;
  delete place[0][place[1]];
  writeFileSync(file, JSON.stringify(document));
}

function randomOf(seed: number): Random {
  const next = randomNumbers(seed);
  const below = (limit: number) => next() % limit;
  return { below, of: (items) => items[below(items.length)]! };
}
