import { verifyJson, verifyNdjson } from './json.ts';
import { verifyText } from './text.ts';
import type { VerifyReporter } from './types.ts';

const REPORTERS = {
  text: verifyText,
  json: verifyJson,
  ndjson: verifyNdjson,
} satisfies Record<string, VerifyReporter>;

export type VerifyFormat = keyof typeof REPORTERS;
export const VERIFY_FORMATS = Object.keys(REPORTERS) as VerifyFormat[];

export function verifyReporter(format: VerifyFormat): VerifyReporter {
  return REPORTERS[format];
}
