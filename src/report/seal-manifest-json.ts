import type { Manifest } from '../domain/seal-manifest.ts';
import { forOutput } from './json.ts';
import type { Style } from './text/style.ts';

/**
 * A manifest as JSON. Each file is on a line of its own, so that two manifests can be compared line by line.
 */
export function manifestJson({ files, digest, ...head }: Manifest, style: Style): string {
  const lines = files.map((file) => JSON.stringify(file)).join(',\n');
  const json = `${JSON.stringify(head).slice(0, -1)},"files":[\n${lines}\n],"digest":"${digest}"}\n`;
  return forOutput(json, style);
}
