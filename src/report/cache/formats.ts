import { renderJson } from '../json.ts';
import { formatSize } from '../text/amounts.ts';
import type { Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';

/** What is kept between runs. */
export interface CacheReport {
  readonly folder: string;
  /** Most bytes that all may take. */
  readonly limit: number;
  readonly kept: readonly {
    readonly file: string;
    readonly size: number;
    /** In ms since the epoch. */
    readonly usedAt: number;
    readonly index: { readonly path: string; readonly events: number } | undefined;
  }[];
  readonly cleared?: { readonly indices: number; readonly bytes: number };
}

export function renderCache(report: CacheReport, json: boolean, style: Style): string {
  if (!json) return textOf(report);
  return renderJson(documentOf(report), style);
}

function documentOf({ folder, limit, kept, cleared }: CacheReport): object {
  return {
    format_version: 1,
    folder,
    limit,
    bytes: bytesOf(kept),
    indices: kept.map(({ file, size, usedAt, index }) => ({
      file,
      bytes: size,
      used_at: new Date(usedAt).toISOString(),
      ...(index ?? { path: null, events: null }),
    })),
    ...(cleared && { cleared }),
  };
}

function textOf({ folder, limit, kept, cleared }: CacheReport): string {
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
  const total = `${countOf(kept.length)}, ${formatSize(bytesOf(kept))} of at most ${formatSize(limit)}, in ${safeText(folder)}\n`;
  return [...lines, total].join('');
}

function bytesOf(kept: CacheReport['kept']): number {
  return kept.reduce((sum, { size }) => sum + size, 0);
}

function countOf(indices: number): string {
  return indices === 1 ? '1 index' : `${indices} indices`;
}
