import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { TrustAges } from '../../src/index/trust-ages.ts';
import { anHourLater, waitMs } from './clock.ts';
import { messageEvent, temporaryFolder } from './conversation.ts';
import { eventName, idOf } from './memory.ts';

/** What can happen to a stored conversation. The numbers choose among its files. */
export type Happening =
  | { do: 'append'; count: number; quietly?: boolean }
  | FileHappening
  | { do: 'cut' | 'restore'; quietly?: boolean }
  | { do: 'rest'; quietly?: false };

/** What can happen to one file. */
interface FileHappening {
  do: 'replace' | 'remove' | 'rename' | 'swap' | 'edit' | 'truncate' | 'link';
  which: number;
  quietly?: boolean;
}

const TEXTS = ['needle in the hay', 'hay', 'NEEDLE', 'nothing \u00e9lse', 'straw'];
const KINDS = ['MessageEvent', 'ActionEvent', 'AgentErrorEvent'];

/** Ages after which entries are trusted, so short that a test can wait for them. Clocks of file systems tick every 4 to 10 ms. */
export const SHORT_AGES: TrustAges = { clockGrainMs: 20, writerDoneAfterMs: 40 };

/** Length of every event, unless it should differ. */
const EVENT_CHARS = 300;

/** A modification time that cp, tar and rsync could restore. In seconds since the epoch. */
const COPIED_AT = 1_600_000_000;

/**
 * A conversation to which things happen. What happens quietly restores the modification times, of files and folder, as
 * cp -a, tar and rsync -a do: only the times of status change show it.
 */
export class ChangingConversation {
  readonly events: string;
  #next = 0;
  #edits = 0;

  constructor(
    readonly path: string,
    count: number,
  ) {
    this.events = join(path, 'events');
    mkdirSync(this.events, { recursive: true });
    this.#append(count);
    this.#restoreTimes();
  }

  happens(happening: Happening): void {
    if (happening.do === 'rest') this.rest();
    else this.#do(happening);
    if (happening.quietly) this.#restoreTimes();
  }

  /** Time passes, so that what was written last is old by SHORT_AGES. */
  rest(): void {
    waitMs(SHORT_AGES.writerDoneAfterMs + 20);
  }

  #do(happening: Exclude<Happening, { do: 'rest' }>): void {
    if (happening.do === 'append') this.#append(happening.count);
    else if (happening.do === 'restore') this.#restoreBackup();
    else if ('which' in happening) this.#change(happening.do, happening.which);
    else writeFileSync(this.#nextPath(), '{"kind":"MessageEvent","ti');
  }

  #change(how: FileHappening['do'], which: number): void {
    const names = this.#names();
    const name = names[which % Math.max(1, names.length)];
    if (!name) return;
    const path = join(this.events, name);
    const other = join(this.events, names[(which * 7 + 1) % names.length] as string);
    const aside = join(this.events, `.${name}.tmp`);
    switch (how) {
      case 'remove':
        rmSync(path);
        break;
      case 'rename':
        renameSync(path, this.#nextPath());
        break;
      case 'swap':
        renameSync(path, aside);
        if (other !== path) renameSync(other, path);
        renameSync(aside, other);
        break;
      case 'link':
        linkSync(path, aside);
        rmSync(aside);
        break;
      case 'replace':
        writeFileSync(aside, this.#edit(which));
        renameSync(aside, path);
        break;
      case 'edit':
        this.#inPlace(path, () => writeFileSync(path, this.#edit(which)));
        break;
      case 'truncate':
        this.#inPlace(path, () => truncateSync(path, statSync(path).size >> 1));
    }
  }

  /**
   * Changes a file in place. If nobody could still be writing it, the folder is changed as well: an index can't notice
   * an edit in place of an old file alone.
   */
  #inPlace(path: string, change: () => void): void {
    const isOld = Date.now() - statSync(path).ctimeMs > SHORT_AGES.writerDoneAfterMs / 2;
    change();
    if (isOld) utimesSync(this.events, COPIED_AT, COPIED_AT);
  }

  /** Nearly always exactly as long as the one before. */
  #edit(which: number): string {
    const text = this.#event(this.#edits++);
    return which % 5 ? text : `${text} `;
  }

  /** The events folder is replaced by a copy of it, in which one event is another one. */
  #restoreBackup(): void {
    const copy = join(this.path, 'copy');
    mkdirSync(copy);
    for (const name of this.#names()) copyFileSync(join(this.events, name), join(copy, name));
    const [first] = this.#names();
    if (first) writeFileSync(join(copy, first), this.#edit(1));
    rmSync(this.events, { recursive: true });
    renameSync(copy, this.events);
  }

  #append(count: number): void {
    for (let at = 0; at < count; at++) {
      const index = this.#next;
      writeFileSync(this.#nextPath(), this.#event(index));
    }
  }

  #nextPath(): string {
    const index = this.#next++;
    return join(this.events, eventName(index, idOf(index)));
  }

  #event(seed: number): string {
    const event = messageEvent(seed, TEXTS[seed % TEXTS.length]);
    const text = JSON.stringify({ ...event, kind: KINDS[(seed * 7) % KINDS.length] });
    return text.padEnd(EVENT_CHARS); // so that sizes show no change
  }

  #names(): string[] {
    return readdirSync(this.events).filter((name) => !name.startsWith('.'));
  }

  #restoreTimes(): void {
    for (const name of this.#names()) {
      const path = join(this.events, name);
      if (statSync(path).mtimeMs !== COPIED_AT * 1000) utimesSync(path, COPIED_AT, COPIED_AT);
    }
    utimesSync(this.events, COPIED_AT, COPIED_AT);
  }
}

/** A conversation that was last written to an hour ago, as this process sees it until the test ends. */
export function makeOldConversation(count: number): ChangingConversation {
  const path = join(temporaryFolder(), 'c0ffee00c0ffee00c0ffee00c0ffee00');
  const conversation = new ChangingConversation(path, count);
  anHourLater();
  return conversation;
}
