import { parseEventFileName } from '../domain/event-file-name.ts';
import type { SealChanges, SealedFile } from '../domain/manifest.ts';

/** Rewritten in place whenever events are appended. */
const REWRITTEN = new Set(['base_state.json', 'meta.json', 'TASKS.json']);
/** What became of sealed files, by those that are there now. */
export function changesSince(
  sealed: readonly SealedFile[],
  files: readonly SealedFile[],
): SealChanges {
  const now = new Map(files.map((file) => [file.path, file]));
  const before = new Map(sealed.map((file) => [file.path, file]));
  const added = [...now.keys()].filter((path) => !before.has(path));
  const appended = new Set(appendedTo(sealed, added));
  const grown = new Set([...appended].map(conversationOf));
  const isChanged = (file: SealedFile) => {
    const other = now.get(file.path);
    return other !== undefined && (other.type !== file.type || other.sha256 !== file.sha256);
  };
  const isRewritten = (path: string) => REWRITTEN.has(nameOf(path)) && grown.has(folderOf(path));
  const modified = [...before.values()].filter(isChanged).map(({ path }) => path);
  return {
    modified: modified.filter((path) => !isRewritten(path)),
    missing: [...before.keys()].filter((path) => !now.has(path)),
    inserted: added.filter((path) => !appended.has(path) && !isOutput(path, grown)),
    appended: [...appended],
  };
}

/** The conversation, relative to the sealed one, that an event file belongs to. */
function conversationOf(event: string): string {
  const folder = folderOf(event);
  return nameOf(folder) === 'events' ? folderOf(folder) : folder;
}

/** Whether a file is what an agent puts beside its events: large outputs, and subagents of its own. */
function isOutput(path: string, grown: ReadonlySet<string>): boolean {
  return [...grown].some((conversation) => {
    const below = conversation === '.' ? path : path.slice(conversation.length + 1);
    const isInside = conversation === '.' || path.startsWith(`${conversation}/`);
    return isInside && /^(?:observations\/.|subagents\/[^/]+\/.)/.test(below);
  });
}

/** Event files that follow on the last sealed one of their folder, without a gap. */
function appendedTo(sealed: readonly SealedFile[], added: readonly string[]): string[] {
  const next = new Map<string, number>([['events', 0]]);
  for (const { path } of sealed) {
    const event = parseEventFileName(nameOf(path));
    const folder = folderOf(path);
    if (event) next.set(folder, Math.max(event.index + 1, next.get(folder) ?? 0));
  }
  const events = added
    .map((path) => ({
      path,
      folder: folderOf(path),
      index: parseEventFileName(nameOf(path))?.index,
    }))
    .sort((a, b) => (a.index ?? 0) - (b.index ?? 0));
  return events.flatMap(({ path, folder, index }) => {
    if (index === undefined || index !== next.get(folder)) return [];
    next.set(folder, index + 1);
    return path;
  });
}

/** The last part of a path with forward slashes. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** All but the last part of a path; `.` where there is no more. */
function folderOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at < 0 ? '.' : path.slice(0, at);
}
