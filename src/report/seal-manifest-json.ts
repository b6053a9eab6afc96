import type { Manifest } from '../domain/seal-manifest.ts';

/** A manifest as JSON. Each file is on a line of its own, so that two manifests can be compared line by line. */
export function manifestJson({ files, digest, ...head }: Manifest): string {
  const lines = files.map((file) => JSON.stringify(file)).join(',\n');
  return `${JSON.stringify(head).slice(0, -1)},"files":[\n${lines}\n],"digest":"${digest}"}\n`;
}
