import type { ComparedFile, FileUse } from '../../history/comparison/compared-files.ts';
import { pluralize } from '../../text/wording.ts';
import { type Cell, renderColumns } from '../text/columns.ts';
import type { Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import type { DiffReport } from './types.ts';

/** More files are only counted. */
const MAX_FILES = 8;

/** A table of the files that calls changed, those that only one conversation changed first. */
export async function filesText({ files }: DiffReport, style: Style): Promise<string> {
  const changed = files.filter(({ a, b }) => a.edits + b.edits > 0);
  if (changed.length === 0) return '';
  const isShared = ({ a, b }: ComparedFile) => Number(a.edits > 0 && b.edits > 0);
  const sorted = changed.toSorted((one, other) => isShared(one) - isShared(other));
  const { chalk } = style;
  const rows = sorted
    .slice(0, MAX_FILES)
    .map(({ path, a, b }): Cell[] => [
      { text: changes(a), ...(b.edits === 0 && { paint: chalk.red }) },
      { text: changes(b), ...(a.edits === 0 && { paint: chalk.green }) },
      { text: safeText(path) },
    ]);
  const head = ['a', 'b', 'files that calls changed (commands can change more)'];
  const titles = head.map((text): Cell => ({ text, paint: chalk.bold }));
  const left = changed.length - MAX_FILES;
  const note = left > 0 ? `and ${pluralize(left, 'more file')}\n` : '';
  return `${await renderColumns([{}, {}, {}], [titles, ...rows], style)}${note}`;
}

const changes = ({ edits }: FileUse) => (edits === 0 ? '-' : pluralize(edits, 'edit'));
