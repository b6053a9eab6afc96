import type { OutputFormats } from '../output-formats.ts';
import { exportMarkdown } from './markdown.ts';
import { exportNdjson } from './ndjson.ts';
import type { ExportReport } from './types.ts';

/** Formats of `export`. */
export const EXPORT_FORMATS = {
  md: () => exportMarkdown,
  ndjson: () => exportNdjson,
  html: async () => {
    const { exportHtml } = await import('./html/export-html.ts');
    return (report) => exportHtml(report);
  },
} satisfies OutputFormats<ExportReport>;

export type ExportFormat = keyof typeof EXPORT_FORMATS;
