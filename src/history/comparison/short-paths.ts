import { escapeRegExp } from '../../text/regex/escape.ts';
import { type Call, errorOf } from '../calls.ts';

/** Stands for the folder that is named at the top. */
const SIGN = '…';
/** What the sign would be confused with. */
const LIKE_SIGN = /…[/$]/;
/** A folder is worth a line of its own only if it shortens others by this much, and if it is in several of them. */
const MIN_SAVED_CHARS = 60;
const MIN_CALLS = 2;
/** A command that first changes to a folder, whose name needs no quotes. */
const CHANGE_FOLDER = /^\$ cd (\/[\w@%+=:,./-]*) && (?=\S)/;
/** Not in a longer path, nor in a longer name. */
const BEFORE_PATH = String.raw`(?<![\w./~@%+-])`;
const AFTER_PATH = String.raw`(?:/|(?=[\s"'\x60,;:)\]}>|&]|\.\s|\.?$))`;

/** Shortens texts by the folder that most calls are about. */
export interface ShortPaths {
  /** The folder that is left out. Undefined if none is. Not safe to print as it is. */
  readonly folder: string | undefined;
  /** Whether the change to that folder, or to one in it, is left out of a command. */
  readonly hasCommands: boolean;
  /** Shortens a description or an error. */
  shorten(text: string): string;
}

interface ShortPathsOptions {
  readonly shown?: readonly Call[];
  readonly folder?: string | undefined;
}

/**
 * Finds the folder whose name takes the most room, among all calls of a conversation: so a part of them is shortened in the
 * same way. `view /w/p/a.py` becomes `view …/a.py`, and `$ cd /w/p && make` becomes
 * `…$ make`. Texts that are different stay different, because nothing else looks like the sign. So a path that is relative
 * stays as it is, and so does a command that does not say where it runs.
 *
 * @param shown the calls that are listed: a folder that is in none of them is not named. Default: all
 * @param folder the folder to leave out. Default: the one whose name takes the most room
 */
export function shortPaths(
  calls: readonly Call[],
  { shown = calls, folder = mostCommonFolder(calls) }: ShortPathsOptions = {},
): ShortPaths {
  const none = { folder: undefined, hasCommands: false, shorten: (text: string) => text };
  if (textsOf(calls).some((text) => LIKE_SIGN.test(text))) return none;
  if (folder === undefined) return none;
  const inText = new RegExp(`${BEFORE_PATH}${escapeRegExp(folder)}${AFTER_PATH}`, 'g');
  const isIn = (path: string | undefined) => path === folder || path?.startsWith(`${folder}/`);
  const shorten = (text: string) => {
    const target = changedFolder(text);
    const isLeftOut = target !== undefined && isIn(target);
    const prompt = isLeftOut ? `${SIGN}${target.slice(folder.length)}$ ` : '';
    const rest = isLeftOut ? text.replace(CHANGE_FOLDER, '') : text;
    return prompt + rest.replaceAll(inText, `${SIGN}/`);
  };
  if (!textsOf(shown).some((text) => shorten(text) !== text)) return none;
  const hasCommands = shown.some((call) => isIn(changedFolder(call.subject.description)));
  return { folder, hasCommands, shorten };
}

/** The texts of calls that views shorten. */
function textsOf(calls: readonly Call[]): string[] {
  return calls.flatMap((call) => [call.subject.description, errorOf(call) ?? '']);
}

/** The folder whose name takes the most room in calls; undefined if none takes much. */
export function mostCommonFolder(calls: readonly Call[]): string | undefined {
  const saved = new Map<string, { chars: number; calls: number }>();
  const count = (folder: string, chars: number) => {
    const before = saved.get(folder) ?? { chars: 0, calls: 0 };
    saved.set(folder, { chars: before.chars + chars, calls: before.calls + 1 });
  };
  for (const { subject } of calls) {
    const { path } = subject.fields;
    const target = changedFolder(subject.description);
    for (const folder of path ? foldersAbove(path) : []) count(folder, folder.length - 1);
    for (const folder of target ? [...foldersAbove(target), target] : []) {
      count(folder, folder.length + 'cd  && '.length - 1);
    }
  }
  let best: string | undefined;
  let most = MIN_SAVED_CHARS;
  for (const [folder, { chars, calls: uses }] of saved) {
    if (uses < MIN_CALLS || chars < most) continue;
    best = folder;
    most = chars + 1;
  }
  return best;
}

/** The folder that a command first changes to. */
export function changedFolder(description: string): string | undefined {
  const path = CHANGE_FOLDER.exec(description)?.[1]?.replace(/(?<=.)\/$/, '');
  return path && isPlain(path) ? path : undefined;
}

/** Whether a path is absolute, and has no parts such as `..` that lead elsewhere. */
function isPlain(path: string): boolean {
  const [first, ...parts] = path.split('/');
  return first === '' && parts.every((part) => part !== '' && part !== '.' && part !== '..');
}

/** The folders that contain an absolute path, the root excluded. */
function foldersAbove(path: string): string[] {
  if (!isPlain(path)) return [];
  const parts = path.split('/');
  return parts.slice(2).map((_, at) => parts.slice(0, at + 2).join('/'));
}
