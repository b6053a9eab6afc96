import { isStored, own, ownString, type ReadableValue } from '../../text/json-value.ts';

/** A file that a call names. */
export interface TouchedFile {
  readonly path: string;
  /** The call changes the file, rather than views it. */
  readonly isEdit: boolean;
}

/** Matches the line that names a file in a patch of the tool `apply_patch`. */
const PATCHED_FILE = /^\*\*\* (?:Add|Update|Delete) File: (.+)$/gm;
/** Kinds of ACP calls that change a file. Source: openhands-sdk event/acp_tool_call.py, after the Agent Client Protocol. */
const ACP_EDITS: ReadonlySet<string | undefined> = new Set(['edit', 'delete', 'move']);

/**
 * The files that a call names in its arguments. What a command in a shell touches is not known.
 *
 * @param event an action, or a call over ACP
 */
export function touchedFiles(event: ReadableValue): readonly TouchedFile[] {
  const action = own(event, 'action') ?? null;
  const input = own(event, 'raw_input') ?? null;
  if (isObject(action)) {
    const path = ownString(action, 'path');
    const command = ownString(action, 'command');
    // Tools that edit have a command; others that take a path (grep, glob) only read.
    if (path !== undefined) {
      return [{ path, isEdit: command !== undefined && command !== 'view' }];
    }
    const patch = ownString(action, 'patch') ?? '';
    return [...patch.matchAll(PATCHED_FILE)].map(([, name = '']) => ({
      path: name.trim(),
      isEdit: true,
    }));
  }
  const path = isObject(input)
    ? (ownString(input, 'file_path') ?? ownString(input, 'path'))
    : undefined;
  if (path === undefined) return [];
  return [{ path, isEdit: ACP_EDITS.has(ownString(event, 'tool_kind')) }];
}

const isObject = (value: ReadableValue) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isStored(value);
