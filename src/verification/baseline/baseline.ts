import { z } from 'zod';
import { CoreError } from '../../domain/errors.ts';
import { largest } from '../../domain/numbers/extremes.ts';
import { groupBy } from '../group-events.ts';
import type { VerifiedConversation } from '../verified-conversation.ts';
import type { Finding } from '../verify.ts';

/*
 * What an earlier run of `verify` found. A finding is known if the baseline has one with the same code, in the same
 * event or file of the same conversation. Places within a file do not matter, because they move.
 */

const finding = z.object({
  code: z.string(),
  file: z.string().nullable(),
  event_id: z.string().nullable(),
  message: z.string(),
});

const baselineSchema = z.object({
  format_version: z.literal(1),
  conversations: z.array(
    z.object({
      id: z.string(),
      path: z.string(),
      resumes: z.enum(['yes', 'partly', 'no', 'fresh', 'unknown']),
      findings: z.array(finding),
      /** Findings that were already known then. */
      known: z.array(finding).optional(),
    }),
  ),
});

/** The JSON document that an earlier run printed, as far as it is compared. */
export type Baseline = z.infer<typeof baselineSchema>;
type BaselineConversation = Baseline['conversations'][number];
type BaselineFinding = z.infer<typeof finding>;

/** A finding of the baseline that is no longer there. */
export interface GoneFinding extends BaselineFinding {
  readonly conversation: { readonly id: string; readonly path: string };
}

/** A conversation compared with the baseline. */
export interface Compared {
  /** Findings that the baseline does not have. */
  readonly findings: readonly Finding[];
  /** Findings that the baseline has. */
  readonly known: readonly Finding[];
  /** Its verdict on resuming is not `yes`, and the baseline has the same verdict. */
  readonly isVerdictKnown: boolean;
  readonly gone: readonly GoneFinding[];
}

/** Reads the JSON document of an earlier run, which may begin with a byte order mark. @throws CoreError if it is none */
export function parseBaseline(text: string): Baseline {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new CoreError('invalid-baseline', 'not JSON; a baseline is the output of verify --json');
  }
  const parsed = baselineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0] as z.core.$ZodIssue;
  const place = path.length > 0 ? ` (${path.join('.')}: ${message})` : '';
  throw new CoreError('invalid-baseline', `not the output of verify --json${place}`);
}

/**
 * Compares conversations with a baseline.
 *
 * @param looksFor whether this run looks for a code: what it does not look for is not gone
 * @returns one answer for each conversation, in their order
 */
export function compareWith(
  baseline: Baseline,
  conversations: readonly VerifiedConversation[],
  looksFor: (code: string) => boolean,
): Compared[] {
  const pairs = pairUp(baseline, conversations);
  return conversations.map((conversation) =>
    compare(conversation, pairs.get(conversation), looksFor),
  );
}

function compare(
  { id, path, resumes, findings }: VerifiedConversation,
  before: BaselineConversation | undefined,
  looksFor: (code: string) => boolean,
): Compared {
  const left = groupBy([...(before?.findings ?? []), ...(before?.known ?? [])], keyOf);
  const isKnown = (one: Finding) => left.get(keyOf(one))?.shift() !== undefined;
  const marked = findings.map((one) => ({ one, isKnown: isKnown(one) }));
  const conversation = { id, path };
  return {
    findings: marked.filter((each) => !each.isKnown).map(({ one }) => one),
    known: marked.filter((each) => each.isKnown).map(({ one }) => one),
    isVerdictKnown: resumes !== 'yes' && before?.resumes === resumes,
    gone: [...left.values()]
      .flat()
      .filter(({ code }) => looksFor(code))
      .map((one) => ({ conversation, ...one })),
  };
}

function keyOf({ code, event_id: event, file }: BaselineFinding): string {
  return JSON.stringify([code, event ?? file]);
}

/**
 * The conversation of the baseline for each conversation: one with the same id. Several can have the same id, in
 * different folders. Then those go together whose paths end alike, because the folders above differ between machines.
 */
function pairUp(
  baseline: Baseline,
  conversations: readonly VerifiedConversation[],
): Map<VerifiedConversation, BaselineConversation> {
  const pairs = new Map<VerifiedConversation, BaselineConversation>();
  const before = groupBy(baseline.conversations, ({ id }) => id);
  for (const [id, now] of groupBy(conversations, (one) => one.id)) {
    pairAlike(now, before.get(id) ?? [], pairs);
  }
  return pairs;
}

/** Pairs conversations with the same id: those first whose paths have most names in common at their ends. */
function pairAlike(
  now: readonly VerifiedConversation[],
  before: readonly BaselineConversation[],
  pairs: Map<VerifiedConversation, BaselineConversation>,
): void {
  const namesOf = new Map([...now, ...before].map((one) => [one, one.path.split('/')]));
  const most = (all: readonly (VerifiedConversation | BaselineConversation)[]) =>
    largest(all.map((one) => namesOf.get(one)?.length ?? 0));
  let [restNow, restBefore] = [now, before];
  for (let alike = Math.min(most(now), most(before)); alike >= 0; alike--) {
    if (restNow.length === 0 || restBefore.length === 0) return;
    const endOf = (one: VerifiedConversation | BaselineConversation) => {
      const names = namesOf.get(one) ?? [];
      return names.length < alike ? undefined : names.slice(names.length - alike).join('/');
    };
    const byEnd = groupBy(restBefore, endOf);
    const taken = new Set<BaselineConversation>();
    for (const one of restNow) {
      const end = endOf(one);
      const other = end === undefined ? undefined : byEnd.get(end)?.shift();
      if (!other) continue;
      pairs.set(one, other);
      taken.add(other);
    }
    if (taken.size === 0) continue;
    restNow = restNow.filter((one) => !pairs.has(one));
    restBefore = restBefore.filter((one) => !taken.has(one));
  }
}
