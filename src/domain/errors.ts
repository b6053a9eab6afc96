/** Why a request failed. The codes are stable, so that callers can distinguish errors without reading messages. */
export type ErrorCode =
  | 'no-such-conversation'
  | 'ambiguous-conversation'
  | 'not-a-conversation'
  | 'conversation-gone'
  | 'no-such-event'
  | 'ambiguous-event'
  | 'unreadable-event'
  | 'not-in-tree'
  | 'no-such-folder'
  | 'no-root'
  | 'unreadable-path'
  | 'invalid-manifest'
  | 'invalid-baseline'
  | 'cannot-seal';

/**
 * A request can't be carried out. The program prints such an error in one line and exits with 2.
 * Any other error is a bug in convoscope.
 */
export class CoreError extends Error {
  override readonly name: string = 'CoreError';

  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** A conversation's folder was removed while it was being read. */
export class ConversationGone extends CoreError {
  constructor(path: string) {
    super('conversation-gone', `the conversation's folder is gone: ${path}`);
  }
}
