import type { Fact } from '../../domain/facts/facts.ts';
import { fromEvent } from '../../report/facts/coverage-text.ts';
import type { ConversationFolder } from '../../storage/conversation-folder.ts';
import { pluralize } from '../../text/wording.ts';

/** `execution_status is finished (from event #5)` */
export const statusText = ({ value, source }: Fact<string>) =>
  `execution_status is ${value}${fromEvent(source)}`;

/** @param files how many event files were removed */
export const removedText = (files: number, { events }: ConversationFolder) =>
  `${pluralize(files, 'event file was', 'event files were')} removed from ${events}`;
