import { inlineFile, StoredFile } from './inline-data.ts';
import { isStored, own, ownString, type ReadableObject, type ReadableValue } from './json-value.ts';
import { readableText } from './readable-text.ts';
import { truncateEnd } from './truncate.ts';

/** Keys whose values are not text for people. */
const HIDDEN_KEYS = new Set([
  'kind',
  'type',
  'role',
  'origin',
  'source',
  'id',
  'timestamp',
  'security_risk',
  'signature',
  'encrypted_content',
]);

function isHidden(key: string): boolean {
  return HIDDEN_KEYS.has(key) || key.endsWith('_id') || key.endsWith('_ids');
}

/** Members of an observation that hold a whole file, as it was before and after an edit. */
const WHOLE_FILE_KEYS = new Set(['old_content', 'new_content']);

/** Paths are cut after as many keys, and as many UTF-16 units. No real path is longer. */
const MAX_PATH_KEYS = 100;
const MAX_PATH_CHARS = 1000;

/** A value on the way through an event. Where it is a string that a person would read, it is one of its fields. */
class Place {
  /** @param parent undefined for a member of the event itself */
  constructor(
    readonly value: ReadableValue,
    readonly key: string | number,
    readonly parent: Place | undefined,
  ) {}

  /** In readable form. */
  get text(): string {
    return readableText(this.value as string);
  }

  /** It holds a whole file, as it was before or after an edit. */
  get isWholeFile(): boolean {
    const { key, parent } = this;
    const isInObservation = parent?.key === 'observation' && parent.parent === undefined;
    return isInObservation && WHOLE_FILE_KEYS.has(key as string);
  }

  /** Keys and numbers of elements that lead to the text, from the event: `observation.content.0.text`. */
  get path(): string {
    return joinKeys(keysOf(this));
  }

  /** As `path`, without the numbers of elements: `observation.content.text`. */
  get fieldName(): string {
    return joinKeys(keysOf(this).filter((key) => typeof key === 'string'));
  }
}

/** A text of an event that a person would read. */
export type VisibleField = Pick<Place, 'text' | 'isWholeFile' | 'path' | 'fieldName'>;

function keysOf(place: Place): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at: Place | undefined = place; at; at = at.parent) keys.push(at.key);
  return keys.reverse();
}

/** Keys and numbers of elements as a path, with dots between them: `observation.content.0.text`. A very long one is cut. */
export function joinKeys(keys: readonly (string | number)[]): string {
  const path = keys.slice(0, MAX_PATH_KEYS).join('.');
  return keys.length > MAX_PATH_KEYS || path.length > MAX_PATH_CHARS
    ? `${truncateEnd(path, MAX_PATH_CHARS)}…`
    : path;
}

/**
 * The texts of an event that a person would read, in the order of the file. It leaves out ids, kinds, signatures and
 * files such as images. It also leaves out `tool_call` if there is an `action`, which contains the same call.
 */
export function* visibleFields(event: ReadableObject): Generator<VisibleField> {
  const hasAction = (own(event, 'action') ?? null) !== null;
  // A stack instead of recursion, because a hostile event can be nested without end.
  const todo: Place[] = [];
  const push = (value: ReadableValue | undefined, key: string | number, parent?: Place) => {
    if (typeof value === 'string' || (typeof value === 'object' && value !== null))
      todo.push(new Place(value, key, parent));
  };
  const pushAll = (
    node: ReadableObject | ReadableValue[],
    skip: (key: string) => boolean,
    parent?: Place,
  ) => {
    // The last one first, so that they leave the stack in the order of the file.
    if (Array.isArray(node)) {
      for (let at = node.length - 1; at >= 0; at--) push(node[at], at, parent);
    } else {
      for (const key of Object.keys(node).reverse()) if (!skip(key)) push(node[key], key, parent);
    }
  };
  pushAll(event, (key) => isHidden(key) || (hasAction && key === 'tool_call'));
  for (let place = todo.pop(); place !== undefined; place = todo.pop()) {
    const { value } = place;
    if (typeof value === 'string') {
      if (!inlineFile(value)) yield place;
    } else if (!isStored(value)) {
      pushAll(value as ReadableObject | ReadableValue[], isHidden, place);
    }
  }
}

/** The texts of `visibleFields`, in readable form. */
export function* visibleText(event: ReadableObject): Generator<string> {
  for (const { text } of visibleFields(event)) yield text;
}

/**
 * The text that the agent-server's `body` filter searches: a MessageEvent's content, extended content and reasoning,
 * joined by spaces. Source: agent_server/event_service.py, `_event_matches_body`.
 */
export function messageBody(event: ReadableObject): string {
  const message = own(event, 'llm_message');
  const reasoning = ownString(message, 'reasoning_content');
  return [
    ...serverTexts(own(message, 'content')),
    ...serverTexts(own(event, 'extended_content')),
    ...(reasoning ? [reasoning] : []),
  ].join(' ');
}

/** Content as the server converts it to text: images become a count. Source: sdk/llm/message.py, `content_to_str`. */
function serverTexts(content: ReadableValue | undefined): string[] {
  if (!Array.isArray(content)) return blockTexts(content);
  return content.flatMap((block) => {
    const images = own(block, 'image_urls');
    return Array.isArray(images) ? `[Image: ${images.length} URLs]` : blockTexts([block]);
  });
}

/**
 * The texts of a list of content blocks. In 2025, content could also be a plain string. A file in the place of a text
 * is named, such as `[image/png, 70 B]`.
 */
export function blockTexts(content: ReadableValue | undefined): string[] {
  if (typeof content === 'string' || content instanceof StoredFile) return [String(content)];
  if (!Array.isArray(content)) return [];
  return content.flatMap((block) => {
    const text = own(block, 'text');
    return typeof text === 'string' || text instanceof StoredFile ? String(text) : [];
  });
}

/** The texts of the message in a MessageEvent. */
export function messageTexts(event: ReadableValue | undefined): string[] {
  return blockTexts(own(own(event, 'llm_message'), 'content'));
}

/** A copy of a part of a text. V8 would otherwise keep the whole text in memory for as long as the part. */
export function detachString(part: string): string {
  return Buffer.from(part).toString();
}
