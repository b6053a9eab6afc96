import { parseEventFileName } from '../domain/event-file-name.ts';
import type { SealChanges, SealedFile } from '../domain/seal-manifest.ts';

/** Files that are rewritten in place whenever events are appended. */
const REWRITTEN_FILES = new Set(['base_state.json', 'meta.json', 'TASKS.json']);

/**
 * Compares the files of a conversation with those of its manifest. A conversation that grew by appended
 * events may also have a rewritten state, new outputs and new subagents: those are not reported.
 *
 * @param sealed the files in the manifest
 * @param files the files that exist now
 */
export function changesSince(
  sealed: readonly SealedFile[],
  files: readonly SealedFile[],
): SealChanges {
  const now = new Map(files.map((file) => [file.path, file]));
  const before = new Map(sealed.map((file) => [file.path, file]));
  const added = [...now.keys()].filter((path) => !before.has(path));
  const appended = new Set(appendedTo(sealed, added));
  const grownConversations = new Set([...appended].map(conversationOf));
  const isChanged = (file: SealedFile) => {
    const other = now.get(file.path);
    return other !== undefined && (other.type !== file.type || other.sha256 !== file.sha256);
  };
  const isRewritten = (path: string) =>
    REWRITTEN_FILES.has(nameOf(path)) && grownConversations.has(folderOf(path));
  const changed = [...before.values()].filter(isChanged).map(({ path }) => path);
  return {
    modified: changed.filter((path) => !isRewritten(path)),
    missing: [...before.keys()].filter((path) => !now.has(path)),
    inserted: added.filter((path) => !appended.has(path) && !isOutput(path, grownConversations)),
    appended: [...appended],
  };
}

/** The folder of the conversation that an event file belongs to, relative to the sealed conversation. */
function conversationOf(eventPath: string): string {
  const folder = folderOf(eventPath);
  return nameOf(folder) === 'events' ? folderOf(folder) : folder;
}

/** Whether an agent writes such a file next to its events: a large output, or a subagent's conversation. */
function isOutput(path: string, grownConversations: ReadonlySet<string>): boolean {
  return [...grownConversations].some((conversation) => {
    const below = conversation === '.' ? path : path.slice(conversation.length + 1);
    const isInside = conversation === '.' || path.startsWith(`${conversation}/`);
    return isInside && /^(?:observations\/.|subagents\/[^/]+\/.)/.test(below);
  });
}

/** Those of the added files that are events after the last sealed event of their folder, without a gap. */
function appendedTo(sealed: readonly SealedFile[], added: readonly string[]): string[] {
  const nextIndexByFolder = new Map<string, number>([['events', 0]]);
  for (const { path } of sealed) {
    const event = parseEventFileName(nameOf(path));
    const folder = folderOf(path);
    if (event) {
      const next = Math.max(event.index + 1, nextIndexByFolder.get(folder) ?? 0);
      nextIndexByFolder.set(folder, next);
    }
  }
  const events = added
    .map((path) => ({
      path,
      folder: folderOf(path),
      index: parseEventFileName(nameOf(path))?.index,
    }))
    .sort((a, b) => (a.index ?? 0) - (b.index ?? 0));
  return events.flatMap(({ path, folder, index }) => {
    if (index === undefined || index !== nextIndexByFolder.get(folder)) return [];
    nextIndexByFolder.set(folder, index + 1);
    return path;
  });
}

/** The last part of a path with forward slashes. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** All but the last part of a path with forward slashes; `.` for a path of one part. */
function folderOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at < 0 ? '.' : path.slice(0, at);
}
