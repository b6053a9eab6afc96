import { MAX_CELL_WIDTH } from '../field-cell.ts';
import type { Style } from '../text/style.ts';
import { renderTable } from '../text/table.ts';
import { safeLine, safeText } from '../text/terminal-safe.ts';
import { fit } from '../text/unicode-width.ts';
import type { VerifyReport } from './types.ts';

const HEAD = ['severity', 'code', 'conversation', 'file', 'message'];

/** A table with a row for each finding. */
export function verifyTable({ conversations }: VerifyReport, style: Style): string {
  const rows = conversations.flatMap(({ id, findings }) =>
    findings.map(({ severity, code, file, message }) => [
      severity,
      code,
      fit(safeText(id), MAX_CELL_WIDTH),
      fit(safeText(file ?? ''), MAX_CELL_WIDTH),
      fit(safeLine(message), MAX_CELL_WIDTH),
    ]),
  );
  return rows.length === 0 ? '' : renderTable(HEAD, rows, style);
}
