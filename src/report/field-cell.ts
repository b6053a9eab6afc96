import { nameFile } from '../text/inline-data.ts';
import { pick } from '../text/json-fields.ts';
import { readableText } from '../text/readable-text.ts';
import { truncateEnd } from '../text/truncate.ts';
import { detachString } from '../text/visible-text.ts';
import { safeLine } from './text/terminal-safe.ts';
import { fit } from './text/unicode-width.ts';

/** Wider cells are cut, even on a pipe, because a table is for people. In columns of the terminal. */
export const MAX_CELL_WIDTH = 80;
/** Longer JSON values are cut before they are measured. In UTF-16 units. */
const MAX_MEASURED_CHARS = 10 * MAX_CELL_WIDTH;

/** A table's cell for a field of an item. @param json the item @param path keys with dots between them */
export function fieldCell(json: string, path: string): string {
  const found = pick(json, path.split('.'));
  if (found === undefined) return '';
  const text = found.startsWith('"') ? readableText(JSON.parse(found) as string, nameFile) : found;
  return fit(detachString(safeLine(truncateEnd(text, MAX_MEASURED_CHARS))), MAX_CELL_WIDTH);
}
