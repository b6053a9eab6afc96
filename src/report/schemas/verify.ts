import { z } from 'zod';
import { coverage, eventId, formatVersion, time } from './common.ts';

const severity = z.enum(['error', 'warning', 'info']);

const finding = z.object({
  code: z.string().describe('A code from docs/findings.md'),
  severity,
  message: z.string(),
  file: z.string().nullable().describe('Path, relative to the conversation'),
  index: z.int().nullable(),
  event_id: eventId.nullable(),
  offset: z.int().optional().describe('Byte offset, from 0'),
  line: z.int().optional().describe('Line, from 1'),
  column: z.int().optional().describe('Column in characters, from 1'),
  related: z.array(z.string()).optional().describe('Other files that the finding is about'),
  consequence: z.string().describe('What the problem means for the SDK'),
});

/** One line of `verify -o ndjson`. */
export const findingLine = finding.extend({
  conversation: z.object({ id: z.string(), path: z.string() }),
});

const resume = {
  resumes: z.enum(['yes', 'partly', 'no', 'fresh', 'unknown']),
  resume_error: z
    .object({
      exception: z.string().describe('The exception that the SDK raises'),
      event_id: eventId.nullable(),
      message: z.string(),
    })
    .optional(),
};

export const verifyDocument = z.object({
  format_version: formatVersion,
  ok: z
    .boolean()
    .describe(
      'Whether the exit code is 0: no finding makes the run fail, and everything could be verified. With --only, --ignore ' +
        'or --severity code=off, this is about the codes that are left, so it can be true although `resumes` is no',
    ),
  conversations: z.array(
    z.object({
      id: z.string(),
      path: z.string(),
      events: z.int(),
      unreadable: z.int().describe('How many of the events could not be read'),
      coverage: coverage.describe('Events that could be read'),
      bytes: z.int(),
      reachable: z.int().describe('How many events the SDK itself would load'),
      sdk: z.string().describe('The SDK version that `resumes` is about'),
      ...resume,
      resumes_by_sdk: z
        .array(
          z.object({
            from: z.string().describe('The oldest of versions that follow each other'),
            to: z.string().describe('The newest of them'),
            ...resume,
          }),
        )
        .optional()
        .describe('With `--sdk all`: what each released version makes of it, oldest first'),
      findings: z.array(finding),
      known: z
        .array(finding)
        .optional()
        .describe('With `--baseline`: findings that the baseline has. They are not in `findings`'),
    }),
  ),
  failed: z.int().describe('How many things could not be verified, so they are not in the totals'),
  totals: z.object({
    conversations: z.int(),
    events: z.int(),
    unreadable: z.int(),
    coverage: coverage.describe('Events that could be read'),
    bytes: z.int(),
    errors: z.int().describe('Findings with this severity, also where they are not shown'),
    warnings: z.int(),
    infos: z.int(),
    resumes: z
      .object({
        yes: z.int(),
        partly: z.int(),
        no: z.int(),
        fresh: z.int(),
        unknown: z.int(),
      })
      .describe('How many conversations have each verdict on resuming'),
  }),
  baseline: z
    .object({
      known: z.int().describe('How many findings the baseline has too'),
      gone: z
        .array(
          z.object({
            conversation: z.object({ id: z.string(), path: z.string() }),
            code: z.string(),
            file: z.string().nullable(),
            event_id: eventId.nullable(),
            message: z.string(),
          }),
        )
        .describe('Findings of the baseline that are no longer there'),
    })
    .optional()
    .describe('With `--baseline`: what became of its findings'),
});

export const sealDocument = z.object({
  format_version: formatVersion,
  conversation: z.object({ id: z.string() }),
  sealed_at: time,
  files: z.array(
    z.object({
      path: z.string(),
      type: z.enum(['file', 'link', 'other']),
      size: z.int(),
      sha256: z.string().describe('Empty if the file could not be read'),
    }),
  ),
  digest: z.string().describe('SHA-256 of all files, with one line of JSON for each'),
});
