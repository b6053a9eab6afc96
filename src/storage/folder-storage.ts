import { accessSync, constants, existsSync, lstatSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ConversationGone } from '../domain/errors.ts';
import type { Fault, FaultCode } from '../domain/event.ts';
import type { Slot } from '../domain/slot.ts';
import { keepsChangeTimes } from './change-times.ts';
import type { ConversationFolder } from './conversation-folder.ts';
import type { EventStorage, FolderStamp } from './event-storage.ts';
import { findSlot, listEvents } from './list-events.ts';
import type { Listing } from './listing.ts';
import { isFolder, isInside, isOpenable, realPathOf, statOf } from './paths.ts';
import {
  type FileContent,
  type FileRead,
  type FileStamp,
  type LargeFile,
  readFileAsync,
  readFileBlocking,
} from './read-file.ts';
import { DEFAULT_LIMITS, limitText, type ReadLimits } from './read-limits.ts';

/** Event files in a folder, one file per event, as the SDK writes them. */
export class FolderStorage implements EventStorage {
  constructor(
    readonly folder: ConversationFolder,
    readonly limits: ReadLimits = DEFAULT_LIMITS,
  ) {}

  get location(): string {
    return realPathOf(this.folder.events);
  }

  get directory(): string {
    return this.folder.events;
  }

  list(): Listing {
    return listEvents(this.folder);
  }

  find(name: string): Slot | undefined {
    return findSlot(this.folder, name);
  }

  stamp(): FolderStamp | undefined {
    return statOf(this.folder.events);
  }

  get isIndexable(): boolean {
    const { events } = this.folder;
    return mayBeRead(events) && keepsChangeTimes(events) && isOpenable(this.location);
  }

  stat(name: string): FileStamp | undefined {
    const stat = lstatSync(this.#pathOf(name), { throwIfNoEntry: false });
    return stat?.isFile() ? stat : undefined;
  }

  fileOf({ name }: Pick<Slot, 'name'>): string {
    return join(relative(this.folder.path, this.folder.events), name);
  }

  has(name: string): boolean {
    return existsSync(this.#pathOf(name));
  }

  readBlocking(slot: Slot, wantsStamp: boolean): FileContent | Fault {
    const target = this.#targetOf(slot);
    if (typeof target !== 'string') return target;
    return this.#contentOrFault(
      slot,
      readFileBlocking(target, wantsStamp, this.limits.maxFileBytes),
    );
  }

  async readAsync(slot: Slot, wantsStamp: boolean): Promise<FileContent | LargeFile | Fault> {
    const target = this.#targetOf(slot);
    if (typeof target !== 'string') return target;
    const file = await readFileAsync(target, wantsStamp, this.limits.maxFileBytes);
    return file.kind === 'large' ? file : this.#contentOrFault(slot, file);
  }

  #pathOf(name: string): string {
    return `${this.folder.events}/${name}`;
  }

  /** The path to open for a slot, or why it must not be opened. */
  #targetOf(slot: Slot): string | Fault {
    const path = this.#pathOf(slot.name);
    if (slot.type === 'file' || slot.type === 'unknown') return path;
    if (slot.type !== 'link') return faultOf(slot, 'not-a-file', `a ${slot.type}, not a file`);
    try {
      const real = realPathOf(path);
      if (!isInside(realPathOf(this.folder.path), real)) {
        return faultOf(
          slot,
          'linked-file',
          'a link to a target outside the conversation, not followed',
        );
      }
      if (!isOpenable(real)) {
        return faultOf(slot, 'unreadable-file', 'a link to a path that is not valid UTF-8');
      }
      if (statSync(real).isFile()) return real;
      return faultOf(slot, 'not-a-file', 'a link to something that is not a file');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return faultOf(slot, 'unreadable-file', `a link to a missing file (${code})`);
    }
  }

  #contentOrFault(slot: Slot, file: FileRead): FileContent | Fault {
    if (file.kind === 'content') return file;
    if (file.kind === 'oversized') {
      const limit = limitText(this.limits.maxFileBytes);
      return faultOf(slot, 'oversized-file', `larger than ${limit} (${file.size} bytes), not read`);
    }
    if (!isFolder(this.folder.path)) throw new ConversationGone(this.folder.path);
    return faultOf(slot, 'unreadable-file', `can't be read (${file.reason})`);
  }
}

/** Whether a folder may be listed, and the files in it opened. */
function mayBeRead(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
    return true;
  } catch {
    return false; // listing the folder reports why
  }
}

function faultOf(slot: Slot, code: FaultCode, message: string): Fault {
  return { kind: 'fault', slot, code, message, bytes: 0 };
}
