import { type JsonObject, type JsonValue, own, ownString } from './json-value.ts';

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
const DATA_URL = /^data:[^,\s]{0,200},\S*$/i;

function isHidden(key: string): boolean {
  return HIDDEN_KEYS.has(key) || key.endsWith('_id') || key.endsWith('_ids');
}

/**
 * The strings of an event that a person would read, in the order of the file. It leaves out ids, kinds, signatures and
 * data URLs. It also leaves out `tool_call` if there is an `action`, which contains the same call.
 */
export function* visibleText(event: JsonObject): Generator<string> {
  const hasAction = (own(event, 'action') ?? null) !== null;
  // A stack instead of recursion, because a hostile event can be nested without end.
  const todo: JsonValue[] = [];
  const push = (value: JsonValue | undefined) => {
    if (typeof value === 'string' || (typeof value === 'object' && value !== null))
      todo.push(value);
  };
  const pushAll = (node: JsonObject | JsonValue[], skip: (key: string) => boolean) => {
    // The last one first, so that they leave the stack in the order of the file.
    if (Array.isArray(node)) for (let at = node.length - 1; at >= 0; at--) push(node[at]);
    else for (const key of Object.keys(node).reverse()) if (!skip(key)) push(node[key]);
  };
  pushAll(event, (key) => isHidden(key) || (hasAction && key === 'tool_call'));
  for (let value = todo.pop(); value !== undefined; value = todo.pop()) {
    if (typeof value === 'string') {
      if (!DATA_URL.test(value)) yield value;
    } else pushAll(value as JsonObject | JsonValue[], isHidden);
  }
}

/**
 * The text that the agent-server's `body` filter searches: a MessageEvent's content, extended content and reasoning,
 * joined by spaces. Source: agent_server/event_service.py, `_event_matches_body`.
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

/** Content as the server converts it to text: images become a count. Source: sdk/llm/message.py, `content_to_str`. */
function serverTexts(content: JsonValue | undefined): string[] {
  if (!Array.isArray(content)) return blockTexts(content);
  return content.flatMap((block) => {
    const images = own(block, 'image_urls');
    return Array.isArray(images) ? `[Image: ${images.length} URLs]` : blockTexts([block]);
  });
}

/** The texts of a list of content blocks. In 2025, content could also be a plain string. */
export function blockTexts(content: JsonValue | undefined): string[] {
  if (typeof content === 'string') return [content];
  if (!Array.isArray(content)) return [];
  return content.flatMap((block) => ownString(block, 'text') ?? []);
}

/** A copy of a part of a text. V8 would otherwise keep the whole text in memory for as long as the part. */
export function detachString(part: string): string {
  return Buffer.from(part).toString();
}
