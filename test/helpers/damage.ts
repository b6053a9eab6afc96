import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** A step of damage, as fixtures/generate/damages.py means it. Paths are within the conversation. */
export type Damage =
  | { op: 'truncate'; file: string; size: number }
  | { op: 'write'; file: string; text?: string; base64?: string }
  | { op: 'delete'; file: string }
  | { op: 'mkdir'; file: string }
  | { op: 'rename' | 'copy'; file: string; to: string }
  | { op: 'edit'; file: string; set?: Record<string, unknown>; unset?: string[] }
  | { op: 'symlink'; file: string; target: string };

/** Does to a copy of a conversation what the judge did to its own. */
export function apply(conversation: string, damage: readonly Damage[]): void {
  for (const step of damage) applyOne(conversation, step);
}

function applyOne(conversation: string, step: Damage): void {
  const path = join(conversation, step.file);
  switch (step.op) {
    case 'truncate':
      truncateSync(path, step.size);
      return;
    case 'edit':
      edit(path, step.set ?? {}, step.unset ?? []);
      return;
    case 'rename':
    case 'copy': {
      const to = join(conversation, step.to);
      mkdirSync(dirname(to), { recursive: true });
      if (step.op === 'rename') renameSync(path, to);
      else copyFileSync(path, to);
      return;
    }
    default:
      rmSync(path, { recursive: true, force: true });
  }
  if (step.op === 'delete') return;
  mkdirSync(dirname(path), { recursive: true });
  if (step.op === 'mkdir') mkdirSync(path);
  else if (step.op === 'symlink') symlinkSync(step.target, path);
  else writeFileSync(path, contentOf(step));
}

function contentOf({ text = '', base64 }: { text?: string; base64?: string }): string | Buffer {
  return base64 === undefined ? text : Buffer.from(base64, 'base64');
}

type Node = Record<string, unknown>;

function edit(path: string, set: Record<string, unknown>, unset: readonly string[]): void {
  writeFileSync(path, edited(readFileSync(path, 'utf8'), { set, unset }));
}

/** The text of a JSON file after an edit. */
export function edited(
  text: string,
  { set = {}, unset = [] }: { set?: Record<string, unknown>; unset?: readonly string[] },
): string {
  const value = JSON.parse(text) as Node;
  for (const [keys, wanted] of Object.entries(set)) {
    const [node, last] = position(value, keys);
    node[last] = wanted;
  }
  for (const keys of unset) {
    const [node, last] = position(value, keys);
    delete node[last];
  }
  return JSON.stringify(value);
}

function position(value: Node, keys: string): [Node, string] {
  const path = keys.split('.');
  const last = path.pop() as string;
  return [path.reduce((node, key) => node[key] as Node, value), last];
}
