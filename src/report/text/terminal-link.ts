import { hostname } from 'node:os';
import { pathToFileURL } from 'node:url';

// The terminal may be of another machine, whose file of this path is not meant.
const HOST = encodeURIComponent(hostname());

/** Text that a terminal links to a file. All that could act on the terminal is percent-encoded. */
export function link(text: string, path: string): string {
  return `\u001b]8;;file://${HOST}${pathToFileURL(path).pathname}\u001b\\${text}\u001b]8;;\u001b\\`;
}
