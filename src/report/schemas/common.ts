import { z } from 'zod';
import { OUTCOMES } from '../../history/outcome/outcome.ts';

/*
 * Schemas of the JSON that convoscope prints. The reporters' types are derived from them, so that reporters can't print
 * anything else, and a test generates docs/schemas from them. The program loads those of lists for `--fields`.
 */

export const conversation = z
  .object({ id: z.string(), path: z.string() })
  .describe('The conversation: its id (the name of its folder) and its absolute path');

export const formatVersion = z.literal(1);
export const index = z.int().min(0).describe('Index of an event');
export const eventId = z.string().describe('Id of an event');
export const time = z
  .string()
  .describe('RFC 3339 in UTC, to the microsecond: 2026-02-22T10:00:00.123456+00:00');
export const seconds = z.number().describe('In seconds');
export const branch = z
  .enum(['active', 'off', 'side', 'beyond', 'unknown'])
  .describe(
    'active: on the active branch. off: on another branch. side: on no branch, such as state updates. ' +
      'beyond: after a gap in the index, so the SDK does not see it. unknown: an event that would show whether it is ' +
      "on the active branch is lost (it can't be read, or is missing)",
  );
export const forgotten = z
  .boolean()
  .nullable()
  .describe(
    'Whether a condensation of the active branch forgot the event; null if that is not known',
  );

export const lostRange = z
  .object({
    from: z.int().min(0).describe('Index of the first of them'),
    to: z
      .int()
      .min(0)
      .nullable()
      .describe('Index of the last of them; null if it is not known how many are missing'),
    kind: z
      .enum(['unreadable', 'missing', 'unrecognized'])
      .describe(
        "unreadable: the files can't be read. missing: no files have these indices. unrecognized: their kind is not known",
      ),
  })
  .describe('Events whose contents are not known');

export const coverage = z
  .object({
    unit: z.enum(['responses', 'events', 'calls', 'steps']),
    known: z.int().nullable().describe('How many are in the total; null if that can’t be known'),
    of: z.int().describe('How many there are'),
    complete: z
      .boolean()
      .nullable()
      .describe('Whether nothing is missing from the total; null if that can’t be known'),
  })
  .describe(
    'How much of what a total is about is in it. If it is not complete, the total is a lower limit',
  );

export const eventMeta = z
  .object({
    conversation: z.string().describe('Id of the conversation'),
    index,
    file: z.string().describe('Path, relative to the conversation'),
    time: time
      .nullable()
      .describe('When the event was written; null if it has no timestamp that can be read'),
  })
  .describe('With --meta');

export const factSource = z
  .object({
    from: z.enum(['base_state.json', 'meta.json', 'event']),
    index: z.int().nullable().describe('Index of the event'),
    event_id: z.string().nullable(),
  })
  .describe(
    'Where a fact is from: a file, or the newest event that gives it, if the file lacks it or is older',
  );

export const clockJump = z.object({
  before: z.int().describe('Index of the last event before the jump'),
  after: z.int().describe('Index of the first event after the jump'),
  direction: z.enum(['back', 'forward']),
  seconds: z
    .number()
    .describe('Difference of the latest time before the jump and the time after it'),
});

export const outcome = z
  .enum(OUTCOMES)
  .describe(
    'How the conversation ended. lost: it has no end, and nobody is at work. unknown: what decides it is lost',
  );

export const reason = z
  .string()
  .describe('Why the outcome is what it is, in one line. It can contain text of events');

export const lease = z
  .object({
    owner: z.string().nullable().describe('Instance id of the agent-server'),
    host: z.string().nullable(),
    pid: z.number().nullable(),
    expires: time.nullable(),
    live: z
      .boolean()
      .nullable()
      .describe('Whether it has not expired; null if its end is not known'),
  })
  .describe('Who claims to be the only one that writes to the conversation: owner_lease.json');

export const skipped = z
  .array(
    z.object({
      file: z.string().describe('Path, relative to the conversation'),
      index: z.int(),
      code: z.string().describe('The code that verify reports for the file'),
      message: z.string(),
    }),
  )
  .describe('Events that could not be read, so they are missing from the answer');
