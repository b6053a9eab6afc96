import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { messageEvent, temporaryFolder } from './conversation.ts';
import { eventName, idOf } from './memory.ts';

/** What can happen to a stored conversation. The numbers choose among its files. */
export type Happening =
  | { do: 'append'; count: number }
  | { do: 'replace' | 'remove' | 'rename' | 'edit'; which: number }
  | { do: 'cut' | 'rest' };

const TEXTS = ['needle in the hay', 'hay', 'NEEDLE', 'nothing \u00e9lse', 'straw'];
const KINDS = ['MessageEvent', 'ActionEvent', 'AgentErrorEvent'];

/** A conversation to which things happen. Time passes for it only with `rest`. */
export class ChangingConversation {
  readonly events: string;
  #next = 0;
  #ages = 0;
  #edits = 0;

  constructor(
    readonly path: string,
    count: number,
  ) {
    this.events = join(path, 'events');
    mkdirSync(this.events, { recursive: true });
    this.#append(count);
  }

  happens(happening: Happening): void {
    switch (happening.do) {
      case 'append':
        this.#append(happening.count);
        return;
      case 'rest':
        this.rest();
        return;
      case 'cut':
        writeFileSync(this.#nextPath(), '{"kind":"MessageEvent","ti');
        return;
      case 'edit': {
        // In place: only a file that is still young can be in the hands of its writer.
        const young = this.#names().filter((name) => isYoung(join(this.events, name)));
        const name = young[happening.which % Math.max(1, young.length)];
        if (name) writeFileSync(join(this.events, name), this.#event(this.#edits++));
        return;
      }
      default:
        this.#change(happening.do, happening.which);
    }
  }

  /** An hour passes: each young file becomes old, at a time of its own. */
  rest(): void {
    for (const name of this.#names()) {
      const path = join(this.events, name);
      if (isYoung(path)) this.#age(path);
    }
    if (isYoung(this.events)) this.#age(this.events);
  }

  #change(how: 'replace' | 'remove' | 'rename', which: number): void {
    const names = this.#names();
    const name = names[which % Math.max(1, names.length)];
    if (!name) return;
    const path = join(this.events, name);
    if (how === 'remove') rmSync(path);
    else if (how === 'rename') renameSync(path, this.#nextPath());
    else {
      const aside = join(this.events, `.${name}.tmp`);
      // Either exactly as long as the one before, or not.
      const text = this.#event(this.#edits++);
      const { length } = readFileSync(path);
      writeFileSync(aside, which % 2 ? text : text.padEnd(length));
      renameSync(aside, path);
    }
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
    return JSON.stringify({ ...event, kind: KINDS[(seed * 7) % KINDS.length] });
  }

  #names(): string[] {
    return readdirSync(this.events).filter((name) => !name.startsWith('.'));
  }

  #age(path: string): void {
    const seconds = Date.now() / 1000 - 3600 + ++this.#ages / 1000;
    utimesSync(path, seconds, seconds);
  }
}

function isYoung(path: string): boolean {
  return statSync(path).mtimeMs > Date.now() - 600_000;
}

/** A conversation that was last written to an hour ago. */
export function makeOldConversation(count: number): ChangingConversation {
  const path = join(temporaryFolder(), 'c0ffee00c0ffee00c0ffee00c0ffee00');
  const conversation = new ChangingConversation(path, count);
  conversation.rest();
  return conversation;
}
