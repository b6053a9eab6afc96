import { AI_TOKENS } from './ai-tokens.ts';
import { CLOUD_TOKENS } from './cloud-tokens.ts';
import { CODE_TOKENS } from './code-tokens.ts';
import { FILE_SHAPES, HASH_SHAPES, STATEMENT_SHAPES } from './file-shapes.ts';
import { BUSINESS_TOKENS, MESSAGE_TOKENS, MONITORING_TOKENS } from './service-tokens.ts';
import type { SecretShape } from './shape.ts';

/** The shapes of tokens, by which services and tools recognize them. */
export const TOKEN_SHAPES: readonly SecretShape[] = [
  ...AI_TOKENS,
  ...CLOUD_TOKENS,
  ...CODE_TOKENS,
  ...MESSAGE_TOKENS,
  ...BUSINESS_TOKENS,
  ...MONITORING_TOKENS,
];

/** All shapes. To add one, add a line to the table of its kind, and an example to the test. */
export const SECRET_SHAPES: readonly SecretShape[] = [
  ...TOKEN_SHAPES,
  ...FILE_SHAPES,
  ...STATEMENT_SHAPES,
  ...HASH_SHAPES,
];
