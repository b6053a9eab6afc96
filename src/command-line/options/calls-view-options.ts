import type { Command } from 'commander';
import type { CallsView } from '../../report/calls/types.ts';
import { UsageError } from '../usage-error.ts';

export interface CallsViewFlags {
  readonly legend?: boolean;
  readonly risk?: boolean;
  readonly wrap?: boolean;
  readonly fold?: boolean;
}

export function addCallsViewOptions(command: Command): void {
  command
    .option('--no-fold', 'a line for each call, also if calls are repeated (text)')
    .option('--wrap', 'wrap what is too long for the terminal, instead of cutting it (text)')
    .option('--risk', 'mark the risks LOW and MEDIUM too (text)')
    .option('--legend', 'explain the marks (text)');
}

/** Resolves how text shows calls. @throws UsageError for options that the format has no use for */
export function resolveCallsView(flags: CallsViewFlags, format: string): CallsView {
  const { legend = false, risk = false, wrap = false, fold = true } = flags;
  const given = { '--no-fold': !fold, '--wrap': wrap, '--risk': risk, '--legend': legend };
  const [option] = Object.entries(given).find(([, isGiven]) => isGiven) ?? [];
  if (option !== undefined && format !== 'text') {
    throw new UsageError(`${option}: needs -o text, not ${format}`);
  }
  return { hasLegend: legend, marksAllRisks: risk, wraps: wrap, folds: fold };
}
