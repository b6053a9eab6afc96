import type { z } from 'zod';
import type { redactionDocument } from '../schemas/redaction.ts';
import type { ExportReport } from './types.ts';

/** What `--redact-report` writes: what was replaced where, without the values. */
export function redactionReport({ conversation, replacements }: ExportReport): string {
  const items = replacements().map(({ index, path, rule, family, count }) => ({
    index: index ?? null,
    path: path ?? null,
    family,
    rule,
    count,
  }));
  const rules = new Map<string, { family: string; rule: string; count: number }>();
  for (const { family, rule, count } of items) {
    const before = rules.get(rule)?.count ?? 0;
    rules.set(rule, { family, rule, count: before + count });
  }
  const document: z.infer<typeof redactionDocument> = {
    format_version: 1,
    conversation,
    total: items.reduce((sum, { count }) => sum + count, 0),
    rules: [...rules.values()].sort((a, b) => b.count - a.count),
    items,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
