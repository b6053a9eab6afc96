import type { z } from 'zod';
import { pluralize } from '../../text/wording.ts';
import type { FieldList } from '../fields/field-list.ts';
import { jsonFormats } from '../fields/json-formats.ts';
import type { OutputFormats } from '../output-formats.ts';
import type { whereDocument } from '../schemas/where.ts';
import type { Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';

/** A folder that is searched for conversations. */
export interface ListedRoot {
  readonly path: string;
  /** What makes it a root. */
  readonly why: string;
  readonly exists: boolean;
  readonly conversations: number;
  /** How many entries are not conversations. */
  readonly others: number;
  /** Why it can't be listed. */
  readonly problem: string | undefined;
}

export interface WhereReport {
  readonly roots: readonly ListedRoot[];
  /** The path of the conversation that `@latest` means. */
  readonly latest: string | undefined;
}

/** Output formats of `where`. */
export const WHERE_FORMATS = {
  text: () => textOf,
  table: async () => {
    const { renderTable } = await import('../text/table.ts');
    return ({ roots }, style) => {
      const rows = roots.map((root) => [safeText(root.path), safeText(root.why), contentsOf(root)]);
      return rows.length === 0 ? '' : renderTable(['path', 'why', 'contents'], rows, style);
    };
  },
  ...jsonFormats(whereList),
} satisfies OutputFormats<WhereReport>;

/** The folders that are searched. */
export function whereList(report: WhereReport): FieldList {
  const document = documentOf(report);
  return {
    item: 'root',
    items: document.roots,
    documentOf: (roots) => ({ ...document, roots }),
    schema: 'where-line',
  };
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

function contentsOf({ exists, conversations, others, problem }: ListedRoot): string {
  if (problem !== undefined) return safeText(problem);
  if (!exists) return 'does not exist';
  const rest = others > 0 ? `, ${pluralize(others, 'other entry', 'other entries')}` : '';
  return `${pluralize(conversations, 'conversation')}${rest}`;
}
