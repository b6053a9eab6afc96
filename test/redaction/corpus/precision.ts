import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KnownSecrets } from '../../../src/redaction/known/known-secrets.ts';
import { learnFromState } from '../../../src/redaction/known/learn-secrets.ts';
import { makeRedactor } from '../../../src/redaction/redactor.ts';
import type { JsonObject } from '../../../src/text/json-value.ts';

/** What is replaced in a folder of conversations. */
export interface Replaced {
  /** The path of the conversation in the folder. */
  readonly conversation: string;
  readonly rule: string;
  readonly count: number;
}

/**
 * What is replaced in the recorded conversations. Each was read, and is a secret: a password that the task gives the agent
 * for a service, and one that a script of the agent logs in with, in the file, in the arguments of the call and in the
 * result. Nothing in the fixtures is replaced.
 */
export const TRUE_SECRETS: readonly Replaced[] = [
  {
    conversation: '2025-10-openagentsafety/critic1-safety-backup-cron-job',
    rule: 'password',
    count: 3,
  },
  {
    conversation: '2025-10-openagentsafety/critic1-safety-clockout',
    rule: 'password',
    count: 1,
  },
];

export interface Precision {
  readonly conversations: number;
  readonly events: number;
  readonly replaced: readonly Replaced[];
}

/** Redacts all conversations of a folder, as `export` does, and says what was replaced. */
export function measurePrecision(folder: string): Precision {
  const replaced: Replaced[] = [];
  let events = 0;
  const conversations = conversationsIn(folder);
  for (const conversation of conversations) {
    const known = new KnownSecrets();
    const scout = makeRedactor({ known });
    const states = objectsIn(join(folder, conversation), /^(?:base_state|meta)\.json$/);
    for (const state of states) learnFromState(state, known);
    const all = objectsIn(join(folder, conversation, 'events'), /^event-.*\.json$/);
    for (const event of [...states, ...all]) scout.event(event);
    const redactor = makeRedactor({ known });
    for (const event of all) redactor.event(event);
    events += all.length;
    for (const [rule, count] of redactor.counts) replaced.push({ conversation, rule, count });
  }
  return { conversations: conversations.length, events, replaced };
}

function conversationsIn(folder: string, path = ''): string[] {
  const entries = readdirSync(join(folder, path), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const inner = folders
    .filter((name) => name !== 'events')
    .flatMap((name) => conversationsIn(folder, join(path, name)));
  return folders.includes('events') ? [path, ...inner] : inner;
}

/** The objects in a folder's files. Files that are damaged are left out, as `export` does. */
function objectsIn(folder: string, names: RegExp): JsonObject[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && names.test(entry.name))
    .flatMap(({ name }) => objectIn(readFileSync(join(folder, name), 'utf8')));
}

function objectIn(text: string): JsonObject[] {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? [value] : [];
  } catch {
    return [];
  }
}
