import type { OutputFormats } from '../output-formats.ts';
import type { VerifyReport } from './types.ts';

/** Output formats of `verify`. */
export const VERIFY_FORMATS = {
  text: async () => (await import('./text.ts')).verifyText,
  table: async () => (await import('./table.ts')).verifyTable,
  json: async () => (await import('./json.ts')).verifyJson,
  ndjson: async () => (await import('./json.ts')).verifyNdjson,
  junit: async () => (await import('./junit.ts')).verifyJunit,
  sarif: async () => (await import('./sarif.ts')).verifySarif,
  github: async () => (await import('./github.ts')).verifyGithub,
  markdown: async () => (await import('./markdown.ts')).verifyMarkdown,
} satisfies OutputFormats<VerifyReport>;

export type VerifyFormat = keyof typeof VERIFY_FORMATS;

const RUNNER_FORMATS: ReadonlySet<VerifyFormat> = new Set(['junit', 'sarif', 'github', 'markdown']);

/** Whether a workflow runner reads the format. There, conversations come from a checkout or an artifact. */
export function isForRunner(format: VerifyFormat): boolean {
  return RUNNER_FORMATS.has(format);
}
