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
  | ({ op: 'edit'; file: string } & Change)
  | { op: 'symlink'; file: string; target: string };

/** A change to a JSON document. Paths are keys and list indices joined by dots. */
export interface Change {
  set?: Record<string, unknown>;
  /** Each value is replaced by one made of it. */
  turn?: Record<string, Turn>;
  /** Each value keeps its place in the document, under another last key. */
  rename?: Record<string, string>;
  unset?: readonly string[];
  /** A text for each path that stands in the document as it is, in place of the value. */
  raw?: Record<string, string>;
}

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
      writeFileSync(path, edited(readFileSync(path, 'utf8'), step));
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

/** The text of a JSON document after a change. */
export function edited(text: string, change: Change): string {
  const document = JSON.parse(text) as Node;
  for (const [path, value] of Object.entries(change.set ?? {})) {
    const [node, last] = position(document, path);
    node[last] = value;
  }
  for (const [path, turn] of Object.entries(change.turn ?? {})) {
    const [node, last] = position(document, path);
    node[last] = TURNS[turn](node[last]);
  }
  for (const [path, name] of Object.entries(change.rename ?? {})) {
    const [node, last] = position(document, path);
    const value = node[last];
    delete node[last];
    node[name] = value;
  }
  for (const path of change.unset ?? []) {
    const [node, last] = position(document, path);
    if (Array.isArray(node)) node.splice(Number(last), 1);
    else delete node[last];
  }
  return withRaw(document, Object.entries(change.raw ?? {}));
}

function withRaw(document: Node, raw: [string, string][]): string {
  for (const [number, [path]] of raw.entries()) {
    const [node, last] = position(document, path);
    node[last] = `@raw ${number}@`;
  }
  return raw.reduce(
    (json, [, value], number) => json.replaceAll(`"@raw ${number}@"`, () => value),
    JSON.stringify(document),
  );
}

type Turn = keyof typeof TURNS;

const TURNS = {
  list: (value: unknown) => [value],
  object: (value: unknown) => ({ value }),
  text: (value: unknown) => JSON.stringify(value),
  upper: (value: unknown) => String(value).toUpperCase(),
  lower: (value: unknown) => String(value).toLowerCase(),
  capital: (value: unknown) =>
    String(value).slice(0, 1).toUpperCase() + String(value).slice(1).toLowerCase(),
  urn: (value: unknown) => `urn:uuid:${value}`,
  braces: (value: unknown) => `{${value}}`,
  undash: (value: unknown) => String(value).replaceAll('-', ''),
  padded: (value: unknown) => ` ${value} `,
  first: (value: unknown) => (value as unknown[])[0],
  twice: (value: unknown) => [...(value as unknown[]), ...(value as unknown[])],
};

type Node = Record<string, unknown>;

function position(document: Node, path: string): [Node, string] {
  const keys = path.split('.');
  const last = keys.pop() as string;
  return [keys.reduce((node, key) => node[key] as Node, document), last];
}
