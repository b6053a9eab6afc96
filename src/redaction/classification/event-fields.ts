import { credentialsAt } from '../detectors/headers.ts';
import type { Range } from '../rewriting/ranges.ts';
import { holdsSecrets, meaningOf } from './secret-names.ts';
import {
  isHash,
  isMasked,
  isPath,
  isPlainWord,
  isVariableName,
  looksRandom,
} from './secret-values.ts';

/** An object or a list of an event, while its members are gone through. */
export interface Container {
  /** The key that it stands under itself; undefined in a list and for the event. */
  readonly key: string | undefined;
  readonly parent: Container | undefined;
  readonly isList: boolean;
  /** What it says of itself: `{"name": "GITHUB_TOKEN", "value": "…"}`, or `key` in its place. */
  readonly told: { name?: string; key?: string };
  /** The string before, in a list: `["--token", "…"]`. */
  previous: string | undefined;
}

/** Where a string of an event stands. */
export interface FieldLocation {
  readonly key: string | undefined;
  readonly container: Container;
}

export const containerOf = (isList: boolean, key?: string, parent?: Container): Container => ({
  key,
  parent,
  isList,
  told: {},
  previous: undefined,
});

/** Tells a container of a string in it, before the places in it are judged. */
export function note(container: Container, key: string | undefined, value: string): void {
  if (container.isList) container.previous = value;
  else if (key === 'name' || key === 'key') container.told[key] = value.slice(0, 200);
}

/** Fields of the events themselves, at their top. Source: sdk/event, all classes. */
const SCHEMA = new Set([
  'kind',
  'id',
  'timestamp',
  'source',
  'parent_id',
  'tool_name',
  'tool_call_id',
  'action_id',
  'observation_id',
  'llm_response_id',
  'security_risk',
  'key',
  'sender',
]);

/** Whether a string is none of a person's or a program's, but the event's own. */
export function isSchema({ key, container }: FieldLocation): boolean {
  if (key === undefined) return false;
  if (container.parent === undefined) return SCHEMA.has(key);
  const isCall = container.key === 'tool_call' && container.parent.parent === undefined;
  return isCall && (key === 'id' || key === 'name');
}

/** The name that a string's place gives it. */
function nameOf({ key, container }: FieldLocation): string | undefined {
  if (container.isList) {
    const { previous } = container;
    return previous !== undefined && /^--?[A-Za-z][\w-]{0,60}$/.test(previous)
      ? previous
      : undefined;
  }
  return key === 'value' ? (container.told.name ?? container.told.key ?? container.key) : key;
}

/** Whether the place is in an object that holds secrets under their names. */
function isKept({ key, container }: FieldLocation): boolean {
  if (container.isList || key === undefined) return false;
  if (container.key !== undefined && holdsSecrets(container.key)) return true;
  // Source: sdk/conversation/secret_registry.py, sdk/secret/secrets.py (StaticSecret)
  return key === 'value' && container.parent?.key === 'secret_sources';
}

/** What is to be replaced of a string for the sake of the field that it stands in. */
export function fieldRange(text: string, location: FieldLocation): Range | undefined {
  if (isMasked(text) || isVariableName(text)) return undefined;
  const whole = (rule: string): Range => ({
    start: 0,
    end: text.length,
    rule,
    isNews: looksRandom(text, 12),
  });
  if (isKept(location)) return whole('secret');
  const name = nameOf(location);
  const meaning = name === undefined ? undefined : meaningOf(name);
  if (!meaning || name === undefined) return undefined;
  if (meaning.rule === 'authorization') return credentialsAt(text, 0);
  if (meaning.rule === 'cookie') return text.includes('=') ? whole('cookie') : undefined;
  if (name.toLowerCase() === text.toLowerCase()) return undefined;
  if (meaning.strength === 'sure') return isPath(text) ? undefined : whole(meaning.rule);
  // `{"key": "Enter"}`, a cache's key: what `key` alone names is seldom secret.
  if (meaning.rule === 'key') {
    return looksRandom(text, 12) && !isHash(text) ? whole(meaning.rule) : undefined;
  }
  // What a flag names, in a list of arguments, is what it asks for.
  if (location.container.isList && text.length >= 4) return whole(meaning.rule);
  const isLikely = text.length >= 6 && !/\s/.test(text) && !isPlainWord(text) && !isPath(text);
  return isLikely ? whole(meaning.rule) : undefined;
}
