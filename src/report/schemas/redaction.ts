import { z } from 'zod';
import { formatVersion } from './common.ts';

const rule = {
  family: z
    .string()
    .describe('How the rule recognizes what it replaces: token, named-value, url, personal, …'),
  rule: z.string().describe('The rule, as its marker shows it: github-token'),
  count: z.int(),
};

/** The file of `export --redact-report`. */
export const redactionDocument = z.object({
  format_version: formatVersion,
  conversation: z
    .object({ id: z.string(), path: z.string() })
    .describe('As the export has it, redacted too'),
  total: z.int(),
  rules: z.array(z.object(rule)),
  items: z
    .array(
      z.object({
        index: z.int().nullable().describe('Of the event; null for what is before the events'),
        path: z
          .string()
          .nullable()
          .describe('Where in the event: action.command. Null if a key was replaced'),
        ...rule,
      }),
    )
    .describe('What was replaced where, without the values'),
});
