import { inlineFile, StoredFile } from './inline-data.ts';
import { isStored, own, ownString, type ReadableObject, type ReadableValue } from './json-value.ts';
import { readableText } from './readable-text.ts';

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

/**
 * The texts of an event that a person would read, in the order of the file and in readable form. It leaves out ids,
 * kinds, signatures and files such as images. It also leaves out `tool_call` if there is an `action`, which contains
 * the same call.
 */
export function* visibleText(event: ReadableObject): Generator<string> {
  const hasAction = (own(event, 'action') ?? null) !== null;
  // A stack instead of recursion, because a hostile event can be nested without end.
  const todo: ReadableValue[] = [];
  const push = (value: ReadableValue | undefined) => {
    if (typeof value === 'string' || (typeof value === 'object' && value !== null))
      todo.push(value);
  };
  const pushAll = (node: ReadableObject | ReadableValue[], skip: (key: string) => boolean) => {
    // The last one first, so that they leave the stack in the order of the file.
    if (Array.isArray(node)) for (let at = node.length - 1; at >= 0; at--) push(node[at]);
    else for (const key of Object.keys(node).reverse()) if (!skip(key)) push(node[key]);
  };
  pushAll(event, (key) => isHidden(key) || (hasAction && key === 'tool_call'));
  for (let value = todo.pop(); value !== undefined; value = todo.pop()) {
    if (typeof value === 'string') {
      if (!inlineFile(value)) yield readableText(value);
    } else if (!isStored(value)) pushAll(value as ReadableObject | ReadableValue[], isHidden);
  }
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

/** A copy of a part of a text. V8 would otherwise keep the whole text in memory for as long as the part. */
export function detachString(part: string): string {
  return Buffer.from(part).toString();
}
