import { z } from 'zod';
import { formatVersion } from './common.ts';

export const cacheDocument = z.object({
  format_version: formatVersion,
  folder: z.string(),
  limit: z.int().describe('Most bytes that all may take'),
  bytes: z.int(),
  indices: z.array(
    z.object({
      file: z.string(),
      bytes: z.int(),
      used_at: z.string(),
      path: z.string().nullable().describe('The events folder; null for what is not usable'),
      events: z.int().nullable(),
    }),
  ),
  cleared: z.object({ indices: z.int(), bytes: z.int() }).optional(),
});
