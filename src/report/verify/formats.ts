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
} satisfies OutputFormats<VerifyReport>;

export type VerifyFormat = keyof typeof VERIFY_FORMATS;
