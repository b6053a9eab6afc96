import type { Fault, FaultCode } from '../domain/event.ts';
import type { StateFileFault } from '../domain/state-file.ts';

/**
 * The exception for an event file that convoscope could not read. Undefined where the SDK might be able
 * to read the file: a link out of the conversation, or a very large file.
 */
export function exceptionOf({ code, slot }: Fault): string | undefined {
  if (code === 'not-a-file' && slot.type === 'folder') return 'IsADirectoryError';
  if (code === 'unreadable-file' && slot.type !== 'link') return 'PermissionError';
  return READ_EXCEPTIONS[code];
}

const READ_EXCEPTIONS: Partial<Record<FaultCode, string>> = {
  'empty-file': 'FileNotFoundError',
  'truncated-json': 'ValidationError',
  'invalid-json': 'ValidationError',
  'trailing-bytes': 'ValidationError',
  'not-an-object': 'ValidationError',
  'invalid-utf8': 'UnicodeDecodeError',
  'unreadable-file': 'FileNotFoundError', // a link to a missing target
};

/** The exception for a state with a fault; undefined for text that is not JSON. */
export function stateException(code: StateFileFault): string | undefined {
  return STATE_EXCEPTIONS[code];
}

const STATE_EXCEPTIONS: Partial<Record<StateFileFault, string>> = {
  'not-an-object': 'AttributeError',
  'invalid-utf8': 'UnicodeDecodeError',
  'not-a-file': 'IsADirectoryError',
  'unreadable-file': 'PermissionError',
};
