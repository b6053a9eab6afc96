import type { ExportReport } from '../types.ts';

/** One self-contained page. */
export async function* exportHtml(report: ExportReport): AsyncGenerator<string> {
  yield `<!doctype html><title>${report.conversation.id}</title>`;
}
