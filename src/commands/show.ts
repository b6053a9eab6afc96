import { Option } from 'commander';
import { EXIT } from '../command-line/exit-codes.ts';
import {
  addCommonOptions,
  addOutputOption,
  type CommonOptions,
  conversationCommand,
  formatOf,
  type OutputOptions,
  type StartAction,
} from '../command-line/options/common-options.ts';
import { conversationRef, Session } from '../command-line/session.ts';
import type { Streams } from '../command-line/terminal.ts';
import { UsageError } from '../domain/errors.ts';
import { isFault, type LoadedEvent, ownString } from '../domain/event.ts';
import { bySlot, type Slot } from '../domain/slot.ts';
import { BranchStatuses } from '../history/branch-status.ts';
import { callsOf } from '../history/calls.ts';
import type { EventRecord } from '../history/event-record.ts';
import type { History } from '../history/history.ts';
import { pathTo, viewOf } from '../history/model-view.ts';
import { usageByResponse, usageOf } from '../history/usage.ts';
import { findEvent } from '../query/event-reference.ts';
import type { EventLog } from '../reading/event-log.ts';
import { renderShow, renderView, SHOW_FORMATS, type ShowFormat } from '../report/show/formats.ts';
import { finish, type OpenedHistory, openHistory } from '../use-cases/open-history.ts';

interface ShowOptions extends CommonOptions, OutputOptions<ShowFormat> {
  raw?: boolean;
  view?: boolean;
}

const EXAMPLES = `
Examples:
  convoscope show 1628 12                 one event, with its answer
  convoscope show @latest -1              the last event
  convoscope show 1628 5d30ffa8 --raw     by id; the bytes of its file
  convoscope show 1628 12 --view          what the model saw at event 12`;

export function showCommand(start: StartAction) {
  const command = conversationCommand('show', 'show one event, or what the model saw at it')
    .argument('[event]', 'its index, -1 for the last (default), its id or 4 or more digits of it')
    .addOption(new Option('--raw', "the event's file, byte for byte").conflicts(['json', 'output']))
    .addOption(new Option('--view', 'what the model saw at that point').conflicts('raw'))
    .addHelpText('after', EXAMPLES);
  addOutputOption(command, SHOW_FORMATS);
  addCommonOptions(command);
  return command.action((first, second, options) =>
    start((streams) => runShow(...operandsOf(first, second), options, streams)),
  );
}

/** A conversation and an event. What can be no conversation, standing alone, is an event of the latest. */
function operandsOf(first?: string, second?: string): [string | undefined, string] {
  const isEvent = second === undefined && /^-\d+$|^\d{1,3}$/.test(first ?? '');
  return isEvent ? [undefined, first as string] : [first, second ?? '-1'];
}

async function runShow(
  conversation: string | undefined,
  reference: string,
  options: ShowOptions,
  streams: Streams,
): Promise<number> {
  const session = await Session.open(streams, options);
  const format = formatOf(options);
  if (options.raw) return showRaw(session, conversation, reference);
  const whole = await openHistory(session, conversation);
  const { log, history } = whole;
  const slot = slotOf(log, reference);
  const { terminal } = session;
  if (history.faults.some((one) => one.slot.name === slot.name)) {
    terminal.note(`event ${slot.index} can't be read; --raw shows its bytes`);
    return finish(session, whole, EXIT.incomplete);
  }
  const record = history.records.find((one) => one.slot.name === slot.name) as EventRecord;
  const shown = options.view
    ? await renderView(format, await viewReport(whole, record), terminal.style)
    : renderShow(format, await showReport(session, whole, record), terminal.style);
  await terminal.write([shown]);
  return finish(session, whole, EXIT.done);
}

/** @throws UsageError where the conversation has no such event */
function slotOf({ slots }: EventLog, reference: string): Slot {
  return slots.at(findEvent(slots, reference)) as Slot;
}

async function showRaw(
  session: Session,
  conversation: string | undefined,
  reference: string,
): Promise<number> {
  const log = session.open(conversation);
  const slot = slotOf(log, reference);
  const bytes = log.bytesOf(slot);
  if ('code' in bytes) {
    session.reportSkipped(log, [bytes]);
    return EXIT.incomplete;
  }
  await session.terminal.writeBytes(bytes);
  session.printReadStats();
  return EXIT.done;
}

async function showReport(
  session: Session,
  { log, state, history }: OpenedHistory,
  record: EventRecord,
) {
  const { tree, byId } = history;
  const { slot, fields } = record;
  const calls = callsOf(history, session.zone);
  const call = calls.find(({ action, answer }) => action === record || answer === record);
  const other = call && (call.action === record ? call.answer : call.action);
  const partner = other === record ? undefined : other;
  const isInTree = tree.events[slot.index]?.slot.name === slot.name;
  const parentId = isInTree ? tree.parentOf(slot.index) : undefined;
  const children = isInTree ? (tree.children.get(slot.id) ?? []) : [];
  const { responseId } = fields;
  return {
    conversation: conversationRef(log),
    event: await loaded(log, slot),
    record,
    statuses: new BranchStatuses(history),
    call,
    partner: partner && (await loaded(log, partner.slot)),
    parent: typeof parentId === 'string' ? byId.get(parentId)?.slot : undefined,
    forgot: fields.forgotten.flatMap((id) => byId.get(id)?.slot ?? []).sort(bySlot),
    children: children.flatMap((index) => tree.events[index]?.slot ?? []),
    response:
      responseId === undefined
        ? undefined
        : {
            id: responseId,
            events: history.records
              .filter((one) => one.fields.responseId === responseId)
              .map((one) => one.slot),
            step: usageByResponse(usageOf(state)).get(responseId),
          },
    zone: session.zone,
    fileOf: log.fileOf.bind(log),
  };
}

/** @throws UsageError where the file has changed since it was read */
async function loaded(log: EventLog, slot: Slot): Promise<LoadedEvent> {
  const outcome = await log.readOne(slot);
  if (!isFault(outcome)) return outcome;
  throw new UsageError(`${log.fileOf(slot)}: ${outcome.message}, and could be read a moment ago`);
}

async function viewReport({ log, history }: OpenedHistory, at: EventRecord) {
  const branch = seenBranch(history, at);
  const items = viewOf(branch);
  const summaries = new Map<EventRecord, string>();
  for (const { record, isSummary } of items) {
    if (!isSummary) continue;
    const { value } = await loaded(log, record.slot);
    summaries.set(record, ownString(value, 'summary') ?? '');
  }
  return {
    conversation: conversationRef(log),
    at,
    branch,
    items,
    summaryOf: (record: EventRecord) => summaries.get(record) ?? '',
  };
}

/**
 * The way to what the model could see: of what it made itself, all before that response.
 *
 * @throws UsageError for an event that is on no branch
 */
function seenBranch(history: History, at: EventRecord): EventRecord[] {
  const way = pathTo(history, at.slot.id);
  if (way.at(-1) !== at) {
    throw new UsageError(
      `--view ${at.slot.index}: the event has no place in the tree that the SDK sees`,
    );
  }
  const { responseId } = at.fields;
  if (responseId === undefined || at.fields.kind === 'Condensation') return way;
  return way.slice(
    0,
    way.findIndex(({ fields }) => fields.responseId === responseId),
  );
}
