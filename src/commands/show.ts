import { Argument, Option } from 'commander';
import { CONVERSATION, defineCommand, type Request } from '../command-line/define-command.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import { finish, reportSkipped, warnLostSubagents } from '../command-line/notices/notices.ts';
import type { CommonFlags } from '../command-line/options/common-options.ts';
import { type OutputFlags, resolveFormat } from '../command-line/options/output-options.ts';
import type { Session } from '../command-line/session.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { CoreError } from '../domain/errors.ts';
import { isFault, type LoadedEvent } from '../domain/event.ts';
import { isAnswer } from '../domain/event-links.ts';
import { bySlot, type Slot } from '../domain/slot.ts';
import { BranchStatuses } from '../history/branch-status.ts';
import { callsOf } from '../history/calls.ts';
import type { EventRecord } from '../history/event-record.ts';
import type { History } from '../history/history.ts';
import { pathSeenBy, viewOf } from '../history/model-view.ts';
import { usageByResponse, usageOf } from '../history/usage.ts';
import { findEvent } from '../query/event-reference.ts';
import type { EventLog } from '../reading/event-log.ts';
import { formatNames, render } from '../report/output-formats.ts';
import { SHOW_FORMATS, VIEW_FORMATS } from '../report/show/formats.ts';
import type { ShowReport, ViewReport } from '../report/show/types.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { ownString } from '../text/json-value.ts';
import { type OpenedHistory, openHistory } from '../use-cases/open-history.ts';
import { subagentsOfCalls } from '../use-cases/subagent-calls.ts';

type ShowFormat = keyof typeof SHOW_FORMATS;

interface ShowFlags extends CommonFlags, OutputFlags<ShowFormat> {
  readonly raw?: boolean;
  readonly view?: boolean;
}

export interface ShowPlan {
  readonly conversation: string | undefined;
  /** The event, as `findEvent` takes it; undefined for the last one. */
  readonly reference: string | undefined;
  readonly what: 'event' | 'raw' | 'view';
  readonly format: ShowFormat;
}

const EXAMPLES = `
Examples:
  convoscope show 1628 12                 one event, with its answer
  convoscope show @latest -1              the last event
  convoscope show 1628 5d30ffa8 --raw     by id; the bytes of its file
  convoscope show 1628 12 --view          what the model saw at event 12`;

export const showCommand = defineCommand<ShowFlags, ShowPlan>({
  name: 'show',
  description: 'show one event, or what the model saw at that point',
  operands: [
    CONVERSATION,
    new Argument(
      '[event]',
      'index, -1 for the last (default), an id, or at least its first 4 digits',
    ),
  ],
  options: (command) =>
    command
      .addOption(
        new Option('--raw', "the event's file, byte for byte").conflicts(['json', 'output']),
      )
      .addOption(new Option('--view', 'what the model saw at that point').conflicts('raw')),
  formats: formatNames(SHOW_FORMATS),
  examples: EXAMPLES,
  plan: showPlan,
  run: runShow,
});

/** Resolves the command line of `show`. @throws UsageError */
export function showPlan({ operands, flags }: Request<ShowFlags>): ShowPlan {
  const [first, second] = operands as [string?, string?];
  return {
    conversation: first,
    reference: second,
    what: flags.raw ? 'raw' : flags.view ? 'view' : 'event',
    format: resolveFormat(flags),
  };
}

/** A single operand that is more likely an event of the latest conversation than one of these. */
const INDEX_ALONE = /^-\d+$|^\d{1,3}$/;

/** The conversation, and which of its events is meant. @throws CoreError if there is no such conversation */
function operandsOf(
  { conversation, reference }: ShowPlan,
  session: Session,
): { readonly folder: ConversationFolder; readonly reference: string } {
  const isIndex = reference === undefined && INDEX_ALONE.test(conversation ?? '');
  if (!isIndex) return { folder: session.locate(conversation), reference: reference ?? '-1' };
  try {
    // A conversation's folder can have such a name.
    return { folder: session.locate(conversation), reference: '-1' };
  } catch (error) {
    const isNoConversation =
      error instanceof UsageError || (error instanceof CoreError && NOT_NAMED.has(error.code));
    if (!isNoConversation) throw error;
    return { folder: session.locate(undefined), reference: conversation as string };
  }
}

const NOT_NAMED: ReadonlySet<string> = new Set([
  'no-such-conversation',
  'not-a-conversation',
  'no-root',
]);

async function runShow(plan: ShowPlan, session: Session): Promise<number> {
  const { folder, reference } = operandsOf(plan, session);
  if (plan.what === 'raw') return showRaw(reference, session, session.openLog(folder));
  const opened = await openHistory(session, folder);
  const { log, history } = opened;
  const slot = slotOf(log, reference);
  const { terminal } = session;
  if (history.faults.some((fault) => fault.slot.name === slot.name)) {
    terminal.note(`event ${slot.index} can't be read; --raw shows its bytes`);
    return finish(session, opened, EXIT.incomplete);
  }
  const record = history.records.find((one) => one.slot.name === slot.name) as EventRecord;
  const { style } = terminal;
  if (plan.what === 'view') {
    const view = await viewReport(session, opened, record);
    await terminal.write(render(VIEW_FORMATS, plan.format, view, style));
    warnLostSubagents(session, view.subagents());
    return finish(session, opened, view.unknownPart === undefined ? EXIT.done : EXIT.incomplete);
  }
  const report = await showReport(session, opened, record);
  await terminal.write(render(SHOW_FORMATS, plan.format, report, style));
  warnLostSubagents(session, report.subagents());
  return finish(session, opened, EXIT.done);
}

/** @throws CoreError if the conversation has no such event */
function slotOf({ slots }: EventLog, reference: string): Slot {
  return slots.at(findEvent(slots, reference)) as Slot;
}

async function showRaw(reference: string, session: Session, log: EventLog): Promise<number> {
  const file = log.reader.bytesOf(slotOf(log, reference));
  if (file.kind === 'fault') {
    reportSkipped(session, log, [file]);
    return EXIT.incomplete;
  }
  await session.terminal.writeBytes(file.bytes);
  session.printReadStats();
  return EXIT.done;
}

async function showReport(
  session: Session,
  { log, facts, lease, history, skipped }: OpenedHistory,
  record: EventRecord,
): Promise<ShowReport> {
  const { tree, paths, lost } = history;
  const { slot, fields } = record;
  const slotOfId = (id: string) => paths.nodeOf(id)?.slot;
  const call = callsOf(history, session.zone).find(({ events }) => events.includes(record));
  const other = call && (call.answer === record ? call.action : call.answer);
  const partner = other === record ? undefined : other;
  const isInTree = tree.events[slot.index]?.slot.name === slot.name;
  const children = isInTree ? (tree.children.get(slot.id) ?? []) : [];
  const { responseId } = fields;
  const ofResponse = history.records.filter((one) => one.fields.responseId === responseId);
  const context = session.reportContext(log, skipped);
  const calls = call ? [call] : [];
  const started = await subagentsOfCalls(session.source(log), calls, context.subagents());
  return {
    ...context,
    facts,
    lease,
    now: session.now,
    event: await loadedEvent(log, slot),
    record,
    statuses: new BranchStatuses(history),
    call,
    started: (call && started.get(call)) ?? [],
    partner: partner && (await loadedEvent(log, partner.slot)),
    ...parentOf(history, record),
    forgot: fields.forgotten.flatMap((id) => slotOfId(id) ?? []).sort(bySlot),
    children: children.flatMap((index) => tree.events[index]?.slot ?? []),
    possibleChildren: lost.within(slot.index + 1),
    answered: isAnswer(fields) && !call ? slotOfId(fields.actionId ?? '') : undefined,
    response:
      responseId === undefined
        ? undefined
        : {
            id: responseId,
            events: ofResponse.map((one) => one.slot),
            step: usageByResponse(usageOf(facts.stats)).get(responseId),
          },
  };
}

/** The parent of an event, even if it can't be read. */
function parentOf(
  { paths }: History,
  record: EventRecord,
): Pick<ShowReport, 'parent' | 'lostParent'> {
  const parent = paths.parentOf(record);
  if ('node' in parent) return { parent: parent.node?.slot, lostParent: undefined };
  return { parent: undefined, lostParent: { id: record.fields.parentId } };
}

/** @throws CoreError if the file has changed since it was read */
async function loadedEvent(log: EventLog, slot: Slot): Promise<LoadedEvent> {
  const outcome = await log.readOne(slot);
  if (!isFault(outcome)) return outcome;
  throw new CoreError(
    'unreadable-event',
    `${log.fileOf(slot)}: ${outcome.message}, although it could be read a moment ago`,
  );
}

async function viewReport(
  session: Session,
  { log, history, skipped }: OpenedHistory,
  at: EventRecord,
): Promise<ViewReport> {
  const branch = pathSeenBy(history, at);
  if (!branch) {
    throw new UsageError(
      `--view ${at.slot.index}: the event is not part of the tree that the SDK sees`,
    );
  }
  const items = viewOf(branch.events);
  const summaries = new Map<EventRecord, string>();
  for (const { record, isSummary } of items) {
    if (!isSummary) continue;
    const { value } = await loadedEvent(log, record.slot);
    summaries.set(record, ownString(value, 'summary') ?? '');
  }
  return {
    ...session.reportContext(log, skipped),
    at,
    branch: branch.events,
    unknownPart: branch.unknownPart,
    items,
    summaryOf: (record) => summaries.get(record) ?? '',
  };
}
