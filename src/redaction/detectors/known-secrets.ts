import type { Range } from '../rewriting/ranges.ts';

/** How many secrets are remembered; the one not met for longest is forgotten first. */
const MOST = 256;
const SHORTEST = 12;
const LONGEST = 4096;

/** Secrets that were found by what stood beside them, to be found where they stand alone. */
export class KnownSecrets {
  readonly #rules = new Map<string, string>();
  /** How many secrets were ever learnt. */
  learnt = 0;

  learn(secret: string, rule: string): void {
    if (secret.length < SHORTEST || secret.length > LONGEST) return;
    const isNew = !this.#rules.delete(secret);
    if (isNew) this.learnt++;
    this.#rules.set(secret, rule);
    if (this.#rules.size > MOST) this.#rules.delete(this.#rules.keys().next().value as string);
  }

  /** Where they stand in a text, each as a whole: not as a part of a longer word. */
  find(text: string): Range[] {
    if (text.length < SHORTEST) return [];
    const found: Range[] = [];
    for (const [secret, rule] of this.#rules) {
      for (let at = text.indexOf(secret); at !== -1; ) {
        const end = at + secret.length;
        if (isEdge(text, at, 'start') && isEdge(text, end, 'end'))
          found.push({ start: at, end, rule });
        // Its own length further: a secret that overlaps itself is one all the same.
        at = text.indexOf(secret, end);
      }
    }
    return found;
  }
}

/** Whether no word goes on here; before it, an escape (`\n`, `%20`) may end or a colour. */
function isEdge(text: string, at: number, side: 'start' | 'end'): boolean {
  const around = side === 'start' ? text.slice(Math.max(0, at - 12), at) : text.slice(at, at + 1);
  if (side === 'end') return !/[A-Za-z0-9]/.test(around);
  return /(?:^|[^A-Za-z0-9]|\\[nrtbf]|%[\dA-F]{2}|\[[\d;]{0,9}m)$/i.test(around);
}
