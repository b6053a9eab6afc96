import type { z } from 'zod';
import { pluralize } from '../../text/counted.ts';
import { renderJson } from '../json.ts';
import type { whereDocument } from '../schemas/where.ts';
import type { Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';

/** A folder that conversations are looked for in. */
export interface LookedAt {
  readonly path: string;
  readonly why: string;
  readonly exists: boolean;
  readonly conversations: number;
  /** Entries that are no conversations. */
  readonly others: number;
  /** Why it can't be looked into. */
  readonly problem: string | undefined;
}

export interface WhereReport {
  readonly roots: readonly LookedAt[];
  /** What `@latest` stands for. */
  readonly latest: string | undefined;
}

export const WHERE_FORMATS = ['text', 'json'] as const;
export type WhereFormat = (typeof WHERE_FORMATS)[number];

export function renderWhere(format: WhereFormat, report: WhereReport, style: Style): string {
  return format === 'json' ? renderJson(documentOf(report), style) : textOf(report, style);
}

function documentOf({ roots, latest }: WhereReport): z.infer<typeof whereDocument> {
  return {
    format_version: 1,
    roots: roots.map(({ problem, ...root }) => ({ ...root, problem: problem ?? null })),
    latest: latest ?? null,
  };
}

function textOf({ roots, latest }: WhereReport, { chalk, link }: Style): string {
  const lines = roots.map((root) => {
    const path = link(safeText(root.path), root.path);
    const shown = root.conversations > 0 ? chalk.bold(path) : chalk.dim(path);
    return `${shown}\n  ${safeText(root.why)}\n  ${contentsOf(root)}\n`;
  });
  const last = latest === undefined ? '' : `\n@latest is ${safeText(latest)}\n`;
  return lines.join('') + last;
}

function contentsOf({ exists, conversations, others, problem }: LookedAt): string {
  if (problem !== undefined) return safeText(problem);
  if (!exists) return 'is not there';
  const rest = others > 0 ? `, ${others} other ${others === 1 ? 'entry' : 'entries'}` : '';
  return `${pluralize(conversations, 'conversation')}${rest}`;
}
