import { isEncodedPair } from './encoded-pairs.ts';
import { isSecretStoreName, meaningOfName, type NameMeaning } from './secret-names.ts';
import {
  isDistinctive,
  isHash,
  isMasked,
  isPath,
  isPlainWord,
  isVariableName,
  looksRandom,
} from './secret-values.ts';

/** An object or a list of an event. */
export interface Container {
  /** The key that the container is the value of; undefined in a list and for the event itself. */
  readonly key: string | undefined;
  readonly parent: Container | undefined;
  readonly isList: boolean;
  /** Where in a list the container is; 0 for any other. */
  readonly index: number;
  /** The members of an object that name its `value`: `{"name": "GITHUB_TOKEN", "value": "…"}`. */
  readonly nameMembers: { readonly name?: string; readonly key?: string };
}

/** Where in an event a string is. */
export interface FieldLocation {
  /** The key of the string; undefined in a list. */
  readonly key: string | undefined;
  readonly container: Container;
  /** In a list, the string directly before this one: `["--token", "…"]`. */
  readonly previousString: string | undefined;
  /** Where in a list the string is; 0 in an object. */
  readonly index: number;
}

/** Where a string is, for people: `observation.content[0].text`. */
export function pathOf({ key, container, index }: FieldLocation): string {
  let path = '';
  let name = key;
  let position = index;
  for (let at: Container | undefined = container; at; at = at.parent) {
    path = `${at.isList ? `[${position}]` : `.${name ?? ''}`}${path}`;
    name = at.key;
    position = at.index;
  }
  return path.replace(/^\./, '');
}

/** Fields at the top of an event that the SDK defines and fills. Source: all classes of sdk/event. */
const SCHEMA_FIELDS = new Set([
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

/** Whether the SDK fills a field, so that its value comes from neither a person nor a program. */
export function isSchemaField({ key, container }: FieldLocation): boolean {
  if (key === undefined) return false;
  if (container.parent === undefined) return SCHEMA_FIELDS.has(key);
  const isToolCall = container.key === 'tool_call' && container.parent.parent === undefined;
  return isToolCall && (key === 'id' || key === 'name');
}

/** Matches a flag of a command: `-p`, `--api-key`. */
const FLAG = /^--?[A-Za-z][\w-]{0,60}$/;

/** What the location of a string says about it. */
export type FieldMeaning = SecretStoreField | NamedField;

/** A field of an object that contains nothing but secrets. */
interface SecretStoreField {
  readonly kind: 'secret-store';
}

/** A field whose name suggests a secret. */
interface NamedField {
  readonly kind: 'named';
  readonly name: string;
  readonly meaning: NameMeaning;
  /** Whether the name is a flag and the string its argument: `["--token", "…"]`. */
  readonly isArgument: boolean;
}

/** Undefined for a string whose location does not suggest a secret. */
export function meaningOfField(location: FieldLocation): FieldMeaning | undefined {
  if (isInSecretStore(location)) return { kind: 'secret-store' };
  const name = nameOfField(location);
  const meaning = name === undefined ? undefined : meaningOfName(name);
  if (name === undefined || !meaning) return undefined;
  return { kind: 'named', name, meaning, isArgument: location.container.isList };
}

function nameOfField({ key, container, previousString }: FieldLocation): string | undefined {
  if (container.isList) {
    return previousString !== undefined && FLAG.test(previousString) ? previousString : undefined;
  }
  if (key !== 'value') return key;
  return container.nameMembers.name ?? container.nameMembers.key ?? container.key;
}

function isInSecretStore({ key, container }: FieldLocation): boolean {
  if (container.isList || key === undefined) return false;
  if (container.key !== undefined && isSecretStoreName(container.key)) return true;
  // Source: sdk/conversation/secret_registry.py, sdk/secret/secrets.py (StaticSecret)
  return key === 'value' && container.parent?.key === 'secret_sources';
}

/** Whether a field contains a placeholder or the name of a variable, so that no location makes it a secret. */
export const isFieldPlaceholder = (value: string) => isMasked(value) || isVariableName(value);

/** The fewest characters of an argument of a flag that is replaced. */
const MIN_ARGUMENT_CHARS = 4;
/** The fewest characters of a value under a name that has other meanings too, such as `token`. */
const MIN_WEAKLY_NAMED_CHARS = 6;

/** Whether the whole value of a named field is a secret. Not for headers, whose values have parts. */
export function isFieldSecret(value: string, { name, meaning, isArgument }: NamedField): boolean {
  // `{"password": "Password"}`: a label.
  if (name.toLowerCase() === value.toLowerCase()) return false;
  if (meaning.strength === 'strong') return !isPath(value);
  // `{"key": "Enter"}`, the key of a cache entry: what `key` alone names is seldom a secret.
  if (meaning.rule === 'key') return isDistinctive(value) && !isHash(value);
  if (meaning.rule === 'auth') return isEncodedPair(value) || looksRandom(value);
  if (meaning.rule === 'session') return looksRandom(value);
  if (isArgument && value.length >= MIN_ARGUMENT_CHARS) return true;
  if (value.length < MIN_WEAKLY_NAMED_CHARS || /\s/.test(value)) return false;
  return !isPlainWord(value) && !isPath(value);
}
