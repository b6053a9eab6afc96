import { EXIT } from '../../command-line/exit-codes.ts';
import type { Session } from '../../command-line/session.ts';
import { type Fault, isFault } from '../../domain/event.ts';
import { follow } from '../../following/follow.ts';
import type { Filter } from '../../query/filter.ts';
import type { EventLog } from '../../reading/event-log.ts';
import { LiveLog } from '../../reading/live-log.ts';
import { looksHalfWritten } from '../../storage/in-flight.ts';
import { removedText, statusText } from './follow-texts.ts';
import { type Print, printOutcome } from './print-events.ts';

/** Statuses that end `tail --until-done`, and that `tail -f` reports. */
export const END_STATUSES = ['finished', 'error', 'stuck'];

/** Name of the newest file if it is half-written. Following waits for it, however old it is. */
export async function halfWrittenFile(log: EventLog): Promise<string | undefined> {
  const newest = log.slots.at(-1);
  if (!newest) return undefined;
  const outcome = await log.readOne(newest);
  const isHalfWritten =
    isFault(outcome) && (outcome.code === 'in-flight-write' || looksHalfWritten(outcome));
  return isHalfWritten ? newest.name : undefined;
}

interface FollowPlan {
  readonly filter: Filter;
  readonly untilDone: boolean;
}

/** Prints what happens to a conversation from now on. @returns the exit code */
export async function followOne(
  { filter, untilDone }: FollowPlan,
  session: Session,
  log: EventLog,
  seen: Set<string>,
  print: Print,
  skipped: Fault[],
): Promise<number> {
  const { terminal } = session;
  const options = { stamp: log.stamp, [untilDone ? 'until' : 'ends']: END_STATUSES };
  for await (const followed of follow(new LiveLog(log.reader), seen, options)) {
    switch (followed.kind) {
      case 'done':
        terminal.note(statusText(followed.status));
        return followed.status.value === 'finished' ? EXIT.done : EXIT.endedInError;
      case 'ended':
        terminal.note(`${statusText(followed.status)}; still following`);
        break;
      case 'no-status':
        terminal.note('no execution_status in base_state.json yet; waiting for one');
        break;
      case 'removed':
        terminal.warn(removedText(followed.files, log.folder));
        break;
      case 'outcome':
        await printOutcome(followed.outcome, filter, session, log, print, skipped);
    }
  }
  return EXIT.done;
}
