import { z } from 'zod';
import { formatVersion, time } from './common.ts';

export const cachedIndex = z.object({
  file: z.string(),
  bytes: z.int(),
  used_at: time.describe('When it was last used'),
  path: z
    .string()
    .nullable()
    .describe('The indexed events folder; null if the file is not a usable index'),
  events: z.int().nullable(),
});

export const cacheDocument = z.object({
  format_version: formatVersion,
  folder: z.string().describe('Absolute path of the cache folder'),
  limit: z.int().describe('Limit for the size of all indices together, in bytes'),
  bytes: z.int().describe('Size of all indices together'),
  indices: z.array(cachedIndex),
  cleared: z
    .object({ indices: z.int(), bytes: z.int() })
    .optional()
    .describe('With --clear: what was removed'),
});
