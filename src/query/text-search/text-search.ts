import type { LoadedEvent } from '../../domain/event.ts';
import { literalRanges } from '../../text/matching/literal-ranges.ts';
import type { TextRange } from '../../text/matching/text-range.ts';
import { readableQuery } from '../../text/readable-text.ts';
import {
  MatchTimeout,
  type RegexPattern,
  rangesIn,
  testPattern,
} from '../../text/regex/pattern.ts';
import { type VisibleField, visibleFields } from '../../text/visible-text.ts';
import { distinctRanges, type FieldMatches } from './field-matches.ts';

/** What is searched for in the visible text of events. All texts and patterns must match. */
export interface TextSearchSpec {
  readonly texts?: readonly string[];
  readonly patterns?: readonly RegexPattern[];
  readonly caseSensitive?: boolean;
  /** Search whole-file fields too. */
  readonly allFields?: boolean;
}

/** `only-in-files`: it would pass if whole-file fields were searched too. */
export type TextVerdict = boolean | 'only-in-files';

interface TextCondition {
  /** Whether one of the texts matches. @throws MatchTimeout */
  holdsIn(texts: readonly string[]): boolean;
  /** Where each of the texts matches. @throws MatchTimeout */
  rangesIn(texts: readonly string[]): readonly (readonly TextRange[])[];
}

/** Searches the visible text of events, each text by itself. */
export class TextSearch {
  readonly #conditions: readonly TextCondition[];
  readonly #allFields: boolean;

  constructor({ texts = [], patterns = [], caseSensitive, allFields }: TextSearchSpec) {
    this.#conditions = [
      ...texts.map((text) => literal(readableQuery(text), !caseSensitive)),
      ...patterns.map(regular),
    ];
    this.#allFields = allFields ?? false;
  }

  /** Every event passes. */
  get isEmpty(): boolean {
    return this.#conditions.length === 0;
  }

  /** @throws MatchTimeout */
  verdictOn({ value }: LoadedEvent): TextVerdict {
    const searched: string[] = [];
    const others: VisibleField[] = [];
    for (const field of visibleFields(value)) {
      if (this.#searches(field)) searched.push(field.text);
      else others.push(field);
    }
    if (this.#conditions.every((condition) => condition.holdsIn(searched))) return true;
    if (others.length === 0) return false;
    const files = others.map(({ text }) => text);
    return this.#holdsInFiles(searched, files) && 'only-in-files';
  }

  #holdsInFiles(searched: readonly string[], files: readonly string[]): boolean {
    try {
      return this.#conditions.every((one) => one.holdsIn(searched) || one.holdsIn(files));
    } catch (error) {
      if (error instanceof MatchTimeout) return false; // the event does not match in any case
      throw error;
    }
  }

  /** What of an event matches, in the order of the file. @throws MatchTimeout */
  matchesIn({ value }: LoadedEvent): FieldMatches[] {
    if (this.isEmpty) return [];
    const fields = [...visibleFields(value)].filter((field) => this.#searches(field));
    const texts = fields.map(({ text }) => text);
    const found = this.#conditions.map((condition) => condition.rangesIn(texts));
    return fields.flatMap((field, at) => {
      const ranges = distinctRanges(found.flatMap((of) => of[at] ?? []));
      return ranges.length > 0 ? [{ field, text: texts[at] as string, ranges }] : [];
    });
  }

  #searches(field: VisibleField): boolean {
    return this.#allFields || !field.isWholeFile;
  }
}

function literal(needle: string, ignoresCase: boolean): TextCondition {
  const wanted = ignoresCase ? needle.toLowerCase() : needle;
  return {
    holdsIn: (texts) =>
      texts.some((text) => (ignoresCase ? text.toLowerCase() : text).includes(wanted)),
    rangesIn: (texts) => texts.map((text) => literalRanges(text, needle, ignoresCase)),
  };
}

function regular(pattern: RegexPattern): TextCondition {
  return {
    holdsIn: (texts) => testPattern(pattern, texts),
    rangesIn: (texts) => rangesIn(pattern, texts),
  };
}
