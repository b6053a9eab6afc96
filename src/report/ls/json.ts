import type { z } from 'zod';
import type { lsDocument, lsItem } from '../schemas/ls.ts';
import { formatInstant } from '../text/time.ts';
import type { ListedConversation, LsReport } from './types.ts';

export function lsJson({ roots, items }: LsReport): z.infer<typeof lsDocument> {
  return { format_version: 1, roots: [...roots], items: items.map(listedJson) };
}

/** One conversation of the list. */
export function listedJson(listed: ListedConversation): z.infer<typeof lsItem> {
  const { from, to } = listed;
  return {
    id: listed.id,
    path: listed.path,
    title: listed.title ?? null,
    status: listed.status ?? null,
    model: listed.model ?? null,
    events: listed.events,
    bytes: listed.bytes,
    errors: listed.errors,
    unreadable: listed.faults.length,
    unreadable_files: [...listed.unreadable],
    started: from === undefined ? null : formatInstant(from),
    last_activity: to === undefined ? null : formatInstant(to),
    seconds: from === undefined || to === undefined ? null : (to - from) / 1e6,
    cost: listed.cost ?? null,
  };
}
