import type { z } from 'zod';
import { shortKind } from '../../domain/event-kinds.ts';
import type { EventRecord } from '../../history/event-record.ts';
import { hiddenOf } from '../../history/model-view.ts';
import { pluralize } from '../../text/wording.ts';
import type { viewDocument } from '../schemas/show.ts';
import { skippedJson } from '../skipped.ts';
import { subagentsJson } from '../subagents/json.ts';
import { formatNumber } from '../text/amounts.ts';
import { renderColumns } from '../text/columns.ts';
import { previewLine } from '../text/preview.ts';
import type { Style } from '../text/style.ts';
import { safeText } from '../text/terminal-safe.ts';
import { wrap } from '../text/wrap.ts';
import type { ViewReport } from './types.ts';

const COLUMNS = [{ align: 'right' }, { maxWidth: 14 }, { align: 'right' }, {}] as const;

/** The items that the model sees, one per line, and a summary. */
export async function viewText(report: ViewReport, style: Style): Promise<string> {
  const { at, items, branch } = report;
  const { chalk } = style;
  const rows = items.map(({ record, isSummary }) => [
    { text: String(record.slot.index), paint: chalk.dim },
    {
      text: isSummary ? 'summary' : safeText(shortKind(record.fields.kind)),
      paint: isSummary ? chalk.yellow : chalk.cyan,
    },
    { text: formatNumber(sizeOf(report, record, isSummary)), paint: chalk.dim },
    { text: previewLine(isSummary ? report.summaryOf(record) : record.description) },
  ]);
  const upto = branch.at(-1);
  const when =
    upto === at ? `after event ${at.slot.index}` : `before it wrote event ${at.slot.index}`;
  const hidden = hiddenOf(branch, items, report.unknownPart === undefined);
  const count = (why: string) => hidden.filter((one) => one.why === why).length;
  const leftOut = [
    ...(count('forgotten') > 0 ? [`${count('forgotten')} forgotten`] : []),
    ...(count('dropped') > 0 ? [`${count('dropped')} dropped as incomplete`] : []),
    ...(count('not known') > 0 ? [`${count('not known')} seen or not`] : []),
    ...(report.unknownPart === undefined ? [] : [`the branch is ${safeText(report.unknownPart)}`]),
  ];
  const asKnown = report.unknownPart === undefined ? '' : ', as far as it is known';
  const total = `what the model saw ${when}${asKnown}: ${pluralize(items.length, 'item')}, ${formatNumber(totalOf(report))} characters`;
  const summary = chalk.bold(wrap([total, ...leftOut].join('; '), style));
  return `${await renderColumns(COLUMNS, rows, style)}${summary}\n`;
}

export function viewJson(report: ViewReport): z.infer<typeof viewDocument> {
  const { conversation, at, branch, items } = report;
  const upto = branch.at(-1)?.slot;
  const isWhole = report.unknownPart === undefined;
  return {
    format_version: 1,
    conversation,
    at: { index: at.slot.index, id: at.slot.id },
    upto: upto ? { index: upto.index, id: upto.id } : null,
    items: items.map(({ record, isSummary }) => ({
      index: record.slot.index,
      id: isSummary ? `${record.slot.id}-summary` : record.slot.id,
      kind: isSummary ? 'CondensationSummaryEvent' : record.fields.kind,
      is_summary: isSummary,
      characters: sizeOf(report, record, isSummary),
      about: isSummary ? report.summaryOf(record) : record.description,
    })),
    characters: totalOf(report),
    complete: isWhole,
    skipped: skippedJson(report),
    hidden: hiddenOf(branch, items, isWhole).map(({ record: { slot }, why }) => ({
      index: slot.index,
      id: slot.id,
      why,
    })),
    ...subagentsJson(report),
  };
}

/** Length of an item's text, in UTF-16 units. */
function sizeOf(report: ViewReport, record: EventRecord, isSummary: boolean): number {
  return isSummary ? report.summaryOf(record).length : record.characters;
}

function totalOf(report: ViewReport): number {
  return report.items.reduce(
    (sum, { record, isSummary }) => sum + sizeOf(report, record, isSummary),
    0,
  );
}
