import { type JsonObject, type JsonValue, own, ownString } from './json-value.ts';

const UNREAD_KEYS = new Set([
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
const DATA_URL = /^data:[^,\s]{0,200},\S*$/i;

function isUnread(key: string): boolean {
  return UNREAD_KEYS.has(key) || key.endsWith('_id') || key.endsWith('_ids');
}

/**
 * The strings of an event that a person would read, in the order of the file: all but ids, kinds,
 * signatures, data URLs and, where the call was executed, its raw form beside `action`.
 */
export function* visibleText(event: JsonObject): Generator<string> {
  const hasAction = (own(event, 'action') ?? null) !== null;
  // A stack of our own: nesting is hostile.
  const todo: JsonValue[] = [];
  const push = (value: JsonValue | undefined) => {
    if (typeof value === 'string' || (typeof value === 'object' && value !== null))
      todo.push(value);
  };
  const pushAll = (node: JsonObject | JsonValue[], skip: (key: string) => boolean) => {
    // Last first, so that they come off the stack in the order of the file.
    if (Array.isArray(node)) for (let at = node.length - 1; at >= 0; at--) push(node[at]);
    else for (const key of Object.keys(node).reverse()) if (!skip(key)) push(node[key]);
  };
  pushAll(event, (key) => isUnread(key) || (hasAction && key === 'tool_call'));
  for (let value = todo.pop(); value !== undefined; value = todo.pop()) {
    if (typeof value === 'string') {
      if (!DATA_URL.test(value)) yield value;
    } else pushAll(value as JsonObject | JsonValue[], isUnread);
  }
}

/**
 * What the agent-server's `body` filter searches: a MessageEvent's content, extended content and
 * reasoning, joined by spaces. Source: agent_server/event_service.py, `_event_matches_body`.
 */
export function messageBody(event: JsonObject): string {
  const message = own(event, 'llm_message');
  const reasoning = ownString(message, 'reasoning_content');
  return [
    ...serverTexts(own(message, 'content')),
    ...serverTexts(own(event, 'extended_content')),
    ...(reasoning ? [reasoning] : []),
  ].join(' ');
}

/** Content as the server spells it out, images by their number. Source: sdk/llm/message.py, `content_to_str`. */
function serverTexts(content: JsonValue | undefined): string[] {
  if (!Array.isArray(content)) return blockTexts(content);
  return content.flatMap((block) => {
    const images = own(block, 'image_urls');
    return Array.isArray(images) ? `[Image: ${images.length} URLs]` : blockTexts([block]);
  });
}

/** Texts of a list of content blocks; a plain string, as in 2025, is its own text. */
export function blockTexts(content: JsonValue | undefined): string[] {
  if (typeof content === 'string') return [content];
  if (!Array.isArray(content)) return [];
  return content.flatMap((block) => ownString(block, 'text') ?? []);
}

/** A text of its own: a part of a long text would keep all of it in memory. */
export function detachString(part: string): string {
  return Buffer.from(part).toString();
}
