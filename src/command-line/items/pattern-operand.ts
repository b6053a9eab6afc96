import { Argument } from 'commander';
import { CoreError } from '../../domain/errors.ts';
import type { ConversationFolder } from '../../storage/conversation-folder.ts';
import type { Request } from '../define-command.ts';
import type { FilterFlags } from '../options/filter-options.ts';
import type { Session } from '../session.ts';
import { UsageError } from '../usage-error.ts';

/** The second operand of commands that find something by its text. @param where whose text it is */
export function patternOperand(where: string): Argument {
  return new Argument('[pattern]', `find this in ${where}, ignoring case`);
}

export function patternOf({ operands }: Pick<Request<unknown>, 'operands'>): string | undefined {
  const [, pattern] = operands as [string?, string?];
  return pattern;
}

/** The request as if the pattern had been given with `--text`. */
export function withPattern<F extends FilterFlags>(request: Request<F>): Request<F> {
  const pattern = patternOf(request);
  const text = [...(request.flags.text ?? []), ...(pattern === undefined ? [] : [pattern])];
  return { ...request, flags: { ...request.flags, text } };
}

/**
 * Finds the conversation. A single operand names a conversation. It is never a pattern.
 *
 * @param command the name of the command, for the advice in the error
 * @throws CoreError if there is no such conversation
 * @throws UsageError if the only operand is no conversation
 */
export function locateBesidePattern(
  session: Session,
  command: string,
  { conversation, pattern }: { conversation: string | undefined; pattern: string | undefined },
): ConversationFolder {
  try {
    return session.locate(conversation);
  } catch (error) {
    const isPatternAlone = conversation !== undefined && pattern === undefined;
    if (!(error instanceof CoreError) || !isPatternAlone) throw error;
    throw new UsageError(
      `${error.message}; to find text in the latest conversation: ${command} @latest ${conversation}`,
    );
  }
}
