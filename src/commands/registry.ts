import type { MakeCommand } from '../command-line/define-command.ts';
import { cacheCommand } from './cache.ts';
import { countCommand } from './count.ts';
import { sealCommand } from './seal.ts';
import { searchCommand } from './search.ts';
import { tailCommand } from './tail.ts';
import { verifyCommand } from './verify.ts';

/** Every command, in the groups and the order of the help. The less usual ones are loaded when they are named. */
export const COMMAND_GROUPS: Record<
  string,
  Record<string, () => MakeCommand | Promise<MakeCommand>>
> = {
  'Inspect:': {
    ls: async () => (await import('./ls.ts')).lsCommand,
    why: async () => (await import('./why.ts')).whyCommand,
    show: async () => (await import('./show.ts')).showCommand,
    calls: async () => (await import('./calls.ts')).callsCommand,
    stats: async () => (await import('./stats.ts')).statsCommand,
    tree: async () => (await import('./tree.ts')).treeCommand,
    diff: async () => (await import('./diff.ts')).diffCommand,
    where: async () => (await import('./where.ts')).whereCommand,
  },
  'Search:': {
    search: () => searchCommand,
    count: () => countCommand,
    tail: () => tailCommand,
  },
  'Verify:': {
    verify: () => verifyCommand,
    seal: () => sealCommand,
  },
  'Export:': {
    export: async () => (await import('./export.ts')).exportCommand,
  },
  'Other:': {
    cache: () => cacheCommand,
    completion: async () => (await import('./completion/completion.ts')).completionCommand,
  },
};

/** Commands that scripts and the build call, not people. They need all other commands. */
export const HIDDEN_COMMANDS: Record<string, () => Promise<MakeCommand>> = {
  __complete: async () => (await import('./completion/complete.ts')).completeCommand,
  __manual: async () => (await import('./hidden/manual.ts')).manualCommand,
};

export function isCommand(name: string): boolean {
  return Object.values(COMMAND_GROUPS).some((group) => Object.hasOwn(group, name));
}
