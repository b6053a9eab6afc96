import type { z } from 'zod';
import { pluralize } from '../../text/wording.ts';
import { formatInstant } from '../../time/instant.ts';
import type { FieldList } from '../fields/field-list.ts';
import { jsonFormats } from '../fields/json-formats.ts';
import type { OutputFormats } from '../output-formats.ts';
import type { cacheDocument } from '../schemas/cache.ts';
import { formatSize } from '../text/amounts.ts';
import { safeText } from '../text/terminal-safe.ts';

/** The index cache: indices that are kept between runs. */
export interface CacheReport {
  readonly folder: string;
  /** Limit for the size of all indices together. */
  readonly maxBytes: number;
  readonly kept: readonly {
    readonly file: string;
    readonly size: number;
    /** When it was last used, in ms since the epoch. */
    readonly usedAt: number;
    /** The indexed conversation; undefined if the file is not a usable index. */
    readonly index: { readonly path: string; readonly events: number } | undefined;
  }[];
  /** What was removed; left out without --clear. */
  readonly cleared?: { readonly indices: number; readonly bytes: number };
}

/** Output formats of `cache`. */
export const CACHE_FORMATS = {
  text: () => textOf,
  table: async () => {
    const { renderTable } = await import('../text/table.ts');
    return (report, style) => {
      const rows = documentOf(report).indices.map(({ bytes, used_at, events, path }) => [
        formatSize(bytes),
        used_at.slice(0, 19),
        String(events ?? 'not usable'),
        safeText(path ?? ''),
      ]);
      if (rows.length === 0) return '';
      return renderTable(['size', 'used (UTC)', 'events', 'conversation'], rows, style);
    };
  },
  ...jsonFormats(cacheList),
} satisfies OutputFormats<CacheReport>;

/** The indices that are kept. */
export function cacheList(report: CacheReport): FieldList {
  const document = documentOf(report);
  return {
    item: 'index',
    items: document.indices,
    documentOf: (indices) => ({ ...document, indices }),
    schema: 'cache-line',
  };
}

function documentOf({
  folder,
  maxBytes,
  kept,
  cleared,
}: CacheReport): z.infer<typeof cacheDocument> {
  return {
    format_version: 1,
    folder,
    limit: maxBytes,
    bytes: bytesOf(kept),
    indices: kept.map(({ file, size, usedAt, index }) => ({
      file,
      bytes: size,
      used_at: formatInstant(Math.floor(usedAt) * 1000),
      ...(index ?? { path: null, events: null }),
    })),
    ...(cleared && { cleared }),
  };
}

function textOf({ folder, maxBytes, kept, cleared }: CacheReport): string {
  if (cleared) {
    return `removed ${countOf(cleared.indices)}, ${formatSize(cleared.bytes)}, from ${safeText(folder)}\n`;
  }
  const lines = kept.map(({ size, usedAt, index }) => {
    const day = new Date(usedAt).toISOString().slice(0, 16).replace('T', ' ');
    const what = index
      ? `${String(index.events).padStart(8)} events  ${safeText(index.path)}`
      : 'not usable';
    return `${formatSize(size).padStart(9)}  ${day}Z ${what}\n`;
  });
  const total = `${countOf(kept.length)}, ${formatSize(bytesOf(kept))} of at most ${formatSize(maxBytes)}, in ${safeText(folder)}\n`;
  return [...lines, total].join('');
}

function bytesOf(kept: CacheReport['kept']): number {
  return kept.reduce((sum, { size }) => sum + size, 0);
}

function countOf(indices: number): string {
  return pluralize(indices, 'index', 'indices');
}
