import { createHash } from 'node:crypto';
import type { LoadedEvent } from '../domain/event.ts';
import { exitCodeOf } from '../domain/observation-exit-code.ts';
import { formatJsonInline } from '../text/format-json.ts';
import { isStored, own, ownString, type ReadableValue } from '../text/json-value.ts';
import { readableEvent, storedFiles } from '../text/readable-event.ts';
import { blockTexts } from '../text/visible-text.ts';

/** Length of a fingerprint. 20 characters of base64 are 120 bits. */
const FINGERPRINT_CHARS = 20;

/**
 * A hash of what an action calls, or of what an observation contains. Equal calls have equal fingerprints, and so have
 * equal answers. Undefined for other events.
 */
export function fingerprintOf(event: LoadedEvent): string | undefined {
  const { entry } = event;
  const value = readableEvent(event);
  if (entry.kind === 'ActionEvent') {
    const action = own(value, 'action') ?? null;
    const raw = ownString(own(value, 'tool_call'), 'arguments');
    // A call that could not be executed has no action, only the text that the model wrote.
    return digest([entry.tool ?? '', action === null ? (raw ?? '') : fieldsOf(action)]);
  }
  if (entry.kind === 'ACPToolCallEvent') {
    return digest([
      ownString(value, 'title') ?? '',
      formatJsonInline(own(value, 'raw_input') ?? null),
    ]);
  }
  const observation = own(value, 'observation');
  if (observation === undefined) return undefined;
  const texts = blockTexts(own(observation, 'content'));
  const output = ownString(observation, 'output') ?? '';
  const files = Array.from(storedFiles(observation), ({ file }) => file.url);
  return digest([String(exitCodeOf(observation)), output, ...texts, ...files]);
}

/**
 * The fields of an action, sorted, without nulls and false flags: SDK versions differ in the order of fields, and in
 * whether they write defaults.
 */
function fieldsOf(action: ReadableValue): string {
  if (typeof action !== 'object' || action === null || Array.isArray(action) || isStored(action))
    return formatJsonInline(action);
  const keys = Object.keys(action).filter((key) => {
    const member = own(action, key) ?? null;
    return key !== 'kind' && member !== null && member !== false;
  });
  return keys
    .sort()
    .map((key) => `${key}=${formatJsonInline(own(action, key) ?? null)}`)
    .join('\n');
}

function digest(parts: Iterable<string>): string {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('base64').slice(0, FINGERPRINT_CHARS);
}
