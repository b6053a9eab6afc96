import type { Command } from 'commander';
import type { Filter } from '../../query/filter.ts';
import type { ConversationFolder } from '../../storage/conversation-folder.ts';
import type { SelectedBranch } from '../../use-cases/select-branch.ts';
import type { Session } from '../session.ts';

export interface BranchOptions {
  branch?: string;
}

export function addBranchOption(command: Command): Command {
  return command.option(
    '--branch <which>',
    'active, all, or the event that ends it; marks what is off it or forgotten',
  );
}

type Filtered = Pick<SelectedBranch, 'log' | 'filter'> & Partial<SelectedBranch>;

/**
 * Opens a conversation to be asked with a filter, on a branch where one is named.
 *
 * @throws UsageError where it can't be listed, or for a branch that there is not
 */
export async function openFiltered(
  session: Session,
  folder: ConversationFolder,
  filter: Filter,
  which: string | undefined,
  options?: { cached?: boolean },
): Promise<Filtered> {
  if (which === undefined) return { log: session.openFolder(folder, options), filter };
  const { openBranch } = await import('../../use-cases/select-branch.ts');
  return openBranch(session, folder, filter, which, options);
}
