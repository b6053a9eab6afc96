import type { Slot } from '../domain/slot.ts';
import { type Resume, resumeOf } from './resume.ts';
import {
  CheckedEvents,
  makeRuleContext,
  type RuleContext,
  type RuleContextInput,
  ruleContextOf,
} from './rule-context.ts';
import {
  newestVersion,
  sdkVersion,
  type VersionRange,
  versionRanges,
} from './sdk/known-versions.ts';
import type { ResumeError, Verdict } from './verdict.ts';

/** What several versions in a row make of a conversation. */
interface RangeVerdict extends Resume {
  /** The oldest of the versions. */
  readonly from: string;
  /** The newest of the versions. */
  readonly to: string;
}

/** Whether a conversation can be resumed, and by which version that was judged. */
export interface Judged extends Resume {
  /** The SDK version that `resumes` is about. */
  readonly sdk: string;
  /** The verdict of every released version, oldest first, if all of them were asked. */
  readonly resumes_by_sdk?: readonly RangeVerdict[];
}

type Input = Omit<RuleContextInput, 'judges'>;

/**
 * Reads a conversation, and judges whether an SDK version can resume it.
 *
 * With `all`, the verdict is that of the newest version that can resume the conversation, if there is one.
 *
 * @param sdk a version, or `all`; undefined for the newest one
 */
export async function judge(
  input: Input,
  sdk: string | undefined,
): Promise<{ context: RuleContext; resume: Judged }> {
  const newest = newestVersion();
  if (sdk === 'all') return judgeByAll(input);
  const version = sdk ?? newest;
  // The newest version is always asked: what no version accepts is what the newest one does not accept either.
  const judges = [...new Set([newest, version])].map(sdkVersion);
  // If the verdict is no, every other version is asked, which looks at the events again.
  const context = await makeRuleContext({ ...input, judges }, { isLastPass: false });
  const resume = resumeOf(context, judges.length - 1);
  const { resume_error: error } = resume;
  if (!error) return { context, resume: { sdk: version, ...resume } };
  const others = couldDifferByVersion(context, error) ? (await judgeRanges(input)).verdicts : [];
  const verdict = verdictOf(context, version, error, others);
  return { context: { ...context, verdict }, resume: { sdk: version, ...resume } };
}

/** Collects what `judgeRead` needs. */
export const checkedByNewest = () => new CheckedEvents([sdkVersion(newestVersion())]);

/** Judges whether the newest SDK can resume a conversation whose events were all read. */
export function judgeRead(
  input: Omit<Input, 'scan'>,
  checked: ReturnType<typeof checkedByNewest>,
): Judged {
  return { sdk: newestVersion(), ...resumeOf(ruleContextOf(input, checked), 0) };
}

async function judgeByAll(input: Input): Promise<{ context: RuleContext; resume: Judged }> {
  const { context, verdicts } = await judgeRanges(input);
  const best =
    verdicts.findLast(({ resumes }) => resumes !== 'no') ?? (verdicts.at(-1) as RangeVerdict);
  const { from, to, ...resume } = best;
  const verdict = resume.resume_error && verdictOf(context, to, resume.resume_error, []);
  return {
    context: { ...context, verdict },
    resume: { sdk: to, ...resume, resumes_by_sdk: verdicts },
  };
}

/** Asks every released version. Versions that answer alike and follow each other share a verdict. */
async function judgeRanges(
  input: Input,
): Promise<{ context: RuleContext; verdicts: RangeVerdict[] }> {
  const ranges = versionRanges();
  // The newest version is the first judge.
  const newestFirst = ranges.toReversed();
  const judges = newestFirst.map(({ last }) => sdkVersion(last));
  const context = await makeRuleContext({ ...input, judges });
  const verdicts: RangeVerdict[] = [];
  for (const [at, { first, last }] of ranges.entries()) {
    const resume = resumeOf(context, ranges.length - 1 - at);
    const previous = verdicts.at(-1);
    if (previous && isSame(previous, resume))
      verdicts[verdicts.length - 1] = { ...previous, to: last };
    else verdicts.push({ from: first, to: last, ...resume });
  }
  return { context, verdicts };
}

function isSame(a: Resume, b: Resume): boolean {
  return (
    a.resumes === b.resumes &&
    a.resume_error?.exception === b.resume_error?.exception &&
    a.resume_error?.event_id === b.resume_error?.event_id &&
    a.resume_error?.message === b.resume_error?.message
  );
}

/** Whether another version might resume the conversation: versions differ in their schemas, not in how they read files. */
function couldDifferByVersion({ state, events }: RuleContext, { event_id }: ResumeError): boolean {
  if (event_id === null) return state.kind === 'valid';
  return events.some(({ slot, fault }) => slot.id === event_id && !fault);
}

function verdictOf(
  { events }: RuleContext,
  sdk: string,
  error: ResumeError,
  others: readonly RangeVerdict[],
): Verdict {
  const slot: Slot | undefined = events.find(({ slot }) => slot.id === error.event_id)?.slot;
  const able = others.filter(({ resumes }) => resumes !== 'no');
  return { sdk, error, slot, resumedBy: able.length > 0 ? inWords(able) : undefined };
}

/** `1.4.0 to 1.7.4 and 1.30.0`. */
function inWords(ranges: readonly Pick<RangeVerdict, 'from' | 'to'>[]): string {
  return joined(ranges)
    .map(({ first, last }) => (first === last ? first : `${first} to ${last}`))
    .join(', ');
}

/** Ranges that follow each other become one. */
function joined(ranges: readonly Pick<RangeVerdict, 'from' | 'to'>[]): VersionRange[] {
  const all = versionRanges();
  const next = (version: string) => all[all.findIndex(({ last }) => last === version) + 1]?.first;
  const out: VersionRange[] = [];
  for (const { from, to } of ranges) {
    const previous = out.at(-1);
    if (previous && next(previous.last) === from) out[out.length - 1] = { ...previous, last: to };
    else out.push({ first: from, last: to });
  }
  return out;
}
