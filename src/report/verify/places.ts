import { posix } from 'node:path';
import { EVENT_FILE_STEM, indexInEventFileName } from '../../domain/event-file-name.ts';
import { andMore } from '../../text/wording.ts';
import type { Finding } from '../../verification/verify.ts';
import { safeText } from '../text/terminal-safe.ts';
import { fit } from '../text/unicode-width.ts';

/** How many events, ranges of events and files a list of places names. */
const MAX_PLACES = 12;
/** File names can be of any length. */
const MAX_NAME_COLUMNS = 100;

type Placed = Pick<Finding, 'index' | 'file'>;

/** Where findings are: `#12, #15–20, base_state.json`. Empty if they are about no file. Safe to print. */
export function placesOf(findings: readonly Placed[]): string {
  const indices = findings.flatMap((finding) => indexOf(finding) ?? []);
  const files = findings.flatMap((one) => (indexOf(one) === undefined ? (one.file ?? []) : []));
  const names = [...new Set(files)].map((file) => fit(safeText(file), MAX_NAME_COLUMNS));
  return listed([...rangesOf(indices), ...names]);
}

/** The index of a finding's event, also where only its file is known. */
function indexOf({ index, file }: Placed): number | undefined {
  if (index !== null) return index;
  if (file === null || posix.dirname(file) !== 'events') return undefined;
  return indexInEventFileName(posix.basename(file));
}

/** The other files that findings are about: `#6, #9`. Files that are no events stand with their names. */
export function relatedPlaces(files: readonly string[] = []): string {
  return placesOf(files.map((file) => ({ index: null, file })));
}

function listed(places: readonly string[]): string {
  return places.slice(0, MAX_PLACES).join(', ') + andMore(places.length - MAX_PLACES);
}

/** Event indices as `#12`, and those that follow each other as `#15–20`. */
function rangesOf(indices: readonly number[]): string[] {
  const ranges: { first: number; last: number }[] = [];
  for (const index of [...new Set(indices)].sort((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range && index === range.last + 1) range.last = index;
    else ranges.push({ first: index, last: index });
  }
  return ranges.map(({ first, last }) => (first === last ? `#${first}` : `#${first}–${last}`));
}

const EVENT_FILE = new RegExp(String.raw`\b${EVENT_FILE_STEM}\.json`, 'g');

/** A text with the names of event files as `#12`. */
export function shortenNames(text: string): string {
  return text.replace(EVENT_FILE, (name) => `#${indexInEventFileName(name)}`);
}
