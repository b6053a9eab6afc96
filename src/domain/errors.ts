/** The work can't be done as asked: told in one line, exit code 2. Any other error is a bug. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A conversation's folder vanished while it was being read. */
export class ConversationGone extends UsageError {
  constructor(path: string) {
    super(`the conversation's folder is gone: ${path}`);
  }
}
