import { shortKind } from '../../domain/event-kinds.ts';
import { MAX_CELL_WIDTH } from '../field-cell.ts';
import { previewLine } from '../text/preview.ts';
import type { Style } from '../text/style.ts';
import { renderTable } from '../text/table.ts';
import { safeText } from '../text/terminal-safe.ts';
import { fit } from '../text/unicode-width.ts';
import { treeJson } from './json.ts';
import type { TreeReport } from './types.ts';

const HEAD = ['segment', 'parent', 'events', 'first', 'last', 'active', 'begins with'];

/** A table with a row for each segment. */
export function treeTable(report: TreeReport, style: Style): string {
  const { segments } = treeJson(report);
  if (segments.length === 0) return '';
  const rows = segments.map((segment) => [
    String(segment.number),
    segment.parent_known ? String(segment.parent ?? '') : '?',
    String(segment.events),
    `#${segment.first.index}`,
    `#${segment.last.index}${segment.has_leaf ? ' (leaf)' : ''}`,
    segment.active === null ? 'not known' : segment.active ? 'yes' : 'no',
    fit(
      `${safeText(shortKind(segment.first.kind ?? '') || '-')}  ${previewLine(segment.first.about)}`,
      MAX_CELL_WIDTH,
    ),
  ]);
  return renderTable(HEAD, rows, style);
}
