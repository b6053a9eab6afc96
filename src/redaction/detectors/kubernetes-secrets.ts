import { isMasked } from '../classification/secret-values.ts';
import type { SecretRange } from '../search/secret-range.ts';

/** Matches a text that contains a Secret of Kubernetes, in YAML or JSON. */
const KIND = /\bkind\\{0,3}["']?\s{0,3}:\s{0,3}\\{0,3}["']?Secret\b/;
/** Matches the beginning of its values. */
const DATA =
  /(?<indent>(?:^|\n|\\n)[ ]{0,40}|[{,][ ]?)\\{0,3}["']?(?:data|stringData)\\{0,3}["']?:[ ]{0,3}\{?[ ]{0,3}(?=\n|\\n|\\{0,3}")/g;
/** Matches one of its values: a key, and a text on the same line. */
const ENTRY =
  /(?:\n|\\n)?[ ]{0,40}\\{0,3}["']?[\w.-]{1,100}\\{0,3}["']?:[ ]{1,3}(?<quote>\\{0,3}["'])?(?<secret>[^\s"'\\,{}]{1,20000})\k<quote>?,?/dy;
/** A Secret has no more values than this. */
const MAX_ENTRIES = 200;

/** The values of Secrets of Kubernetes, whatever their names are. */
export function findKubernetesSecrets(text: string): SecretRange[] {
  if (!KIND.test(text)) return [];
  const found: SecretRange[] = [];
  for (const { index, 0: head, groups } of text.matchAll(DATA)) {
    const indent = (groups?.indent ?? '').replace(/^(?:\n|\\n|[{,])/, '').length;
    ENTRY.lastIndex = index + head.length;
    for (let entries = 0; entries < MAX_ENTRIES; entries++) {
      const entry = ENTRY.exec(text);
      const [start, end] = entry?.indices?.groups?.secret ?? [0, 0];
      if (!entry || !isDeeper(entry[0], indent)) break;
      const value = text.slice(start, end);
      if (!isMasked(value)) found.push({ start, end, rule: 'secret', shouldRemember: true });
    }
  }
  return found;
}

/** Whether an entry is indented more than the name of its block; one on the same line is. */
function isDeeper(entry: string, indent: number): boolean {
  const [, spaces] = /^(?:\n|\\n)( *)/.exec(entry) ?? [];
  return spaces === undefined || spaces.length > indent;
}
