import { EventLog, type LogOptions } from '../../src/reading/event-log.ts';
import { EventReader } from '../../src/reading/event-reader.ts';
import { LiveLog } from '../../src/reading/live-log.ts';
import { type ReadMode, ReadScheduler } from '../../src/reading/read-scheduler.ts';
import { conversationAt } from '../../src/storage/conversation-folder.ts';
import { FolderStorage } from '../../src/storage/folder-storage.ts';

function storageAt(path: string): FolderStorage {
  const folder = conversationAt(path);
  if (!folder) throw new Error(`not a conversation: ${path}`);
  return new FolderStorage(folder);
}

/** Opens a conversation's events, reading up to 4 files at once. */
export function openLog(
  path: string,
  mode: ReadMode = 'measure',
  options: LogOptions = {},
): EventLog {
  return new EventLog(storageAt(path), new ReadScheduler(4, mode), options);
}

/** Opens a conversation's events as they are followed. */
export function openLiveLog(path: string): LiveLog {
  return new LiveLog(new EventReader(storageAt(path), new ReadScheduler(1)));
}
