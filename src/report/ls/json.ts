import type { z } from 'zod';
import type { lsDocument, lsItem } from '../schemas/ls.ts';
import { subagentsJson } from '../subagents/json.ts';
import { formatInstant } from '../text/time.ts';
import type { ListedConversation, LsReport } from './types.ts';

export function lsJson({ roots, items, isTree }: LsReport): z.infer<typeof lsDocument> {
  return {
    format_version: 1,
    roots: [...roots],
    items: items.map((item) => listedJson(item, isTree)),
  };
}

/** One conversation of the list. */
export function listedJson(listed: ListedConversation, isTree: boolean): z.infer<typeof lsItem> {
  const { from, to, parent, depth, subagents } = listed;
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
    started: from === undefined ? null : formatInstant(from),
    last_activity: to === undefined ? null : formatInstant(to),
    seconds: from === undefined || to === undefined ? null : (to - from) / 1e6,
    cost: listed.cost ?? null,
    ...(parent !== undefined && { parent }),
    ...(isTree && { depth }),
    ...subagentsJson({ withSubagents: false, subagents: () => subagents }),
  };
}
