import { hostname } from 'node:os';
import { pathToFileURL } from 'node:url';

// Without a host, a terminal on another machine would open a file of its own that has the same path.
const HOST = encodeURIComponent(hostname());

/** Links a text to a file, for a terminal. Characters of the path that could control it are percent-encoded. */
export function link(text: string, path: string): string {
  return `\u001b]8;;file://${HOST}${pathToFileURL(path).pathname}\u001b\\${text}\u001b]8;;\u001b\\`;
}
