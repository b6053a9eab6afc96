import type { z } from 'zod';
import { plural } from '../../text/counted.ts';
import { renderJson } from '../json.ts';
import { visible } from '../text/terminal-safe.ts';
import type { whereDocument } from '../schemas/where.ts';
import type { Style } from '../text/style.ts';

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
    const path = link(visible(root.path), root.path);
    const shown = root.conversations > 0 ? chalk.bold(path) : chalk.dim(path);
    return `${shown}\n  ${visible(root.why)}\n  ${contentsOf(root)}\n`;
  });
  const last = latest === undefined ? '' : `\n@latest is ${visible(latest)}\n`;
  return lines.join('') + last;
}

function contentsOf({ exists, conversations, others, problem }: LookedAt): string {
  if (problem !== undefined) return visible(problem);
  if (!exists) return 'is not there';
  const rest = others > 0 ? `, ${others} other ${others === 1 ? 'entry' : 'entries'}` : '';
  return `${plural(conversations, 'conversation')}${rest}`;
}
