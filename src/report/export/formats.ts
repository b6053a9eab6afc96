import { exportMarkdown } from './markdown.ts';
import { exportNdjson } from './ndjson.ts';
import type { RenderExport } from './types.ts';

const REPORTERS = {
  md: async () => exportMarkdown,
  ndjson: async () => exportNdjson,
  html: async () => (await import('./html/export-html.ts')).exportHtml,
} satisfies Record<string, () => Promise<RenderExport>>;

export type ExportFormat = keyof typeof REPORTERS;
export const EXPORT_FORMATS = Object.keys(REPORTERS) as ExportFormat[];

export async function exportReporter(format: ExportFormat): Promise<RenderExport> {
  return REPORTERS[format]();
}
