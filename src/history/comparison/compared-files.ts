import type { AlignedSide } from './alignment.ts';

/** How often calls changed and viewed a file. */
export interface FileUse {
  /** The file, as the calls name it; undefined if none does. */
  readonly path: string | undefined;
  readonly edits: number;
  readonly views: number;
}

/** A file that calls of either conversation name. */
export interface ComparedFile {
  /** Without the folder that a conversation works in, which differs between runs of the same task. */
  readonly path: string;
  readonly a: FileUse;
  readonly b: FileUse;
}

/** The files that the calls of two conversations name in their arguments. Those that were changed come first. */
export function compareFiles(a: AlignedSide, b: AlignedSide): ComparedFile[] {
  const [usesA, usesB] = [usesOf(a), usesOf(b)];
  const none: FileUse = { path: undefined, edits: 0, views: 0 };
  const files = [...new Set([...usesA.keys(), ...usesB.keys()])].map((path) => ({
    path,
    a: usesA.get(path) ?? none,
    b: usesB.get(path) ?? none,
  }));
  const isEdited = (file: ComparedFile) => Number(file.a.edits + file.b.edits > 0);
  return files.sort(
    (one, other) => isEdited(other) - isEdited(one) || (one.path < other.path ? -1 : 1),
  );
}

function usesOf({ calls, shorten }: AlignedSide): Map<string, FileUse> {
  const uses = new Map<string, FileUse>();
  // A call that could not be executed, or that was rejected, touched nothing.
  const made = calls.filter(({ outcome }) => outcome !== 'invalid' && outcome !== 'rejected');
  for (const { subject } of made) {
    for (const { path, isEdit } of subject.fields.files ?? []) {
      const key = shorten(path);
      const { edits, views } = uses.get(key) ?? { edits: 0, views: 0 };
      uses.set(key, {
        path,
        edits: edits + Number(isEdit),
        views: views + Number(!isEdit),
      });
    }
  }
  return uses;
}
