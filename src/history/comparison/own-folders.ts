import { escapeRegExp } from '../../text/regex/escape.ts';
import type { Call } from '../calls.ts';
import { changedFolder, mostCommonFolder } from './short-paths.ts';

/** One of two conversations. */
export interface FolderUser {
  readonly calls: readonly Call[];
  /** The working directory, if it is known. */
  readonly workspace: string | undefined;
}

/** Matches a folder in a folder for temporary files: each run of a task can have another one. */
const TEMPORARY = /^(?:\/private)?\/(?:tmp|var\/tmp|var\/folders\/[^/]+\/[^/]+\/T)\/[^/]+(?=\/|$)/;

/**
 * The folder that each of two conversations works in, so that what they do in it can be compared. Undefined where none is
 * found, or if they work in the same.
 */
export function ownFolders(
  a: FolderUser,
  b: FolderUser,
): readonly [string | undefined, string | undefined] {
  const [folderA, folderB] = [folderOf(a), folderOf(b)];
  if (folderA === undefined || folderB === undefined || folderA === folderB) {
    return [folderA, folderB];
  }
  // One conversation can work deeper in the same project than the other.
  const [insideA, insideB] = [insideOf(folderA, a), insideOf(folderB, b)];
  const isDeeper = (one: string, other: string) => one.startsWith(`${other}/`) || other === '';
  if (insideA === undefined || insideB === undefined || insideA === insideB) {
    return [folderA, folderB];
  }
  if (isDeeper(insideA, insideB)) return [upBy(folderA, insideA, insideB), folderB];
  if (isDeeper(insideB, insideA)) return [folderA, upBy(folderB, insideB, insideA)];
  return [folderA, folderB];
}

function folderOf({ calls, workspace }: FolderUser): string | undefined {
  return mostCommonFolder(calls) ?? workspace ?? temporaryFolderIn(calls);
}

function temporaryFolderIn(calls: readonly Call[]): string | undefined {
  for (const { subject } of calls) {
    const path = subject.fields.path ?? changedFolder(subject.description);
    const found = path && TEMPORARY.exec(path)?.[0];
    if (found) return found;
  }
  return undefined;
}

/** Where a folder is in the conversation's working directory, or in its temporary folder: empty, or `/sub/folder`. */
function insideOf(folder: string, { workspace }: FolderUser): string | undefined {
  const isInWorkspace = workspace && (folder === workspace || folder.startsWith(`${workspace}/`));
  const root = isInWorkspace ? workspace : TEMPORARY.exec(folder)?.[0];
  return root && folder.slice(root.length);
}

const upBy = (folder: string, inside: string, shorter: string) =>
  folder.slice(0, folder.length - (inside.length - shorter.length));

/** Stand for folders in texts that are compared. No readable text has such characters. */
const SIGNS = ['\0', '\u0001'];

/**
 * Replaces a conversation's own folder, and the temporary folder that contains it, by a sign that is the same for every
 * conversation.
 */
export function relativeTo(folder: string): (text: string) => string {
  const temporary = TEMPORARY.exec(folder)?.[0];
  const folders = temporary === undefined || temporary === folder ? [folder] : [folder, temporary];
  const signs = new Map(folders.map((path, at) => [path, SIGNS[at] as string]));
  const pattern = new RegExp(
    `(?:${folders.map(escapeRegExp).join('|')})(?![\\w@%+~-]|\\.\\w)`,
    'g',
  );
  return (text) => text.replace(pattern, (path) => signs.get(path) ?? path);
}
