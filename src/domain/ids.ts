/*
 * Ids of conversations and events. The SDK writes both as UUIDs. People paste them with or without dashes, in
 * upper or lower case, and often only the first digits.
 */
const UUID_WITH_DASHES = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const HEX_32 = /^[0-9a-f]{32}$/i;
const ID_PREFIX = /^[0-9a-f-]{4,36}$/i;
/** Fewer digits would match ids by accident. */
const MIN_PREFIX_DIGITS = 4;

/** An id without dashes and in lower case: the form in which ids are compared with what users type. */
export function bareId(id: string): string {
  return id.replaceAll('-', '').toLowerCase();
}

/** Whether a name is an id as the SDK uses it to name a conversation's folder: 32 hex digits. */
export function isConversationId(name: string): boolean {
  return HEX_32.test(name);
}

export function isDashedUuid(text: string): boolean {
  return UUID_WITH_DASHES.test(text);
}

/** Whether a text can be an id or the beginning of one: 4 or more hex digits, dashes allowed. */
export function isIdPrefix(text: string): boolean {
  return ID_PREFIX.test(text) && bareId(text).length >= MIN_PREFIX_DIGITS;
}

/**
 * The folder inside a conversation's folder that contains its subagents' conversations, each named by its id. Source:
 * openhands-tools task/manager.py and delegate/impl.py.
 */
export const SUBAGENTS_FOLDER = 'subagents';
