import type { VerifyReporter } from './types.ts';

// Formats that are not the usual one are loaded when asked for.
const REPORTERS = {
  text: async () => (await import('./text.ts')).verifyText,
  json: async () => (await import('./json.ts')).verifyJson,
  ndjson: async () => (await import('./json.ts')).verifyNdjson,
  junit: async () => (await import('./junit.ts')).verifyJunit,
  sarif: async () => (await import('./sarif.ts')).verifySarif,
  github: async () => (await import('./github.ts')).verifyGithub,
} satisfies Record<string, () => Promise<VerifyReporter>>;

export type VerifyFormat = keyof typeof REPORTERS;
export const VERIFY_FORMATS = Object.keys(REPORTERS) as VerifyFormat[];

export function verifyReporter(format: VerifyFormat): Promise<VerifyReporter> {
  return REPORTERS[format]();
}
