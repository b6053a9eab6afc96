import type { Call } from '../calls.ts';

/** How often calls changed and viewed a file. */
export interface FileUse {
  readonly edits: number;
  readonly views: number;
}

/** A file that calls of either conversation name. */
export interface ComparedFile {
  readonly path: string;
  readonly a: FileUse;
  readonly b: FileUse;
}

/** The files that the calls of two conversations name in their arguments. Those that were changed come first. */
export function compareFiles(a: readonly Call[], b: readonly Call[]): ComparedFile[] {
  const [usesA, usesB] = [usesOf(a), usesOf(b)];
  const none: FileUse = { edits: 0, views: 0 };
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

function usesOf(calls: readonly Call[]): Map<string, FileUse> {
  const uses = new Map<string, FileUse>();
  // A call that could not be executed, or that was rejected, touched nothing.
  const made = calls.filter(({ outcome }) => outcome !== 'invalid' && outcome !== 'rejected');
  for (const { subject } of made) {
    for (const { path, isEdit } of subject.fields.files ?? []) {
      const { edits, views } = uses.get(path) ?? { edits: 0, views: 0 };
      uses.set(path, isEdit ? { edits: edits + 1, views } : { edits, views: views + 1 });
    }
  }
  return uses;
}
