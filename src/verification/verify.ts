import type { Slot } from '../domain/slot.ts';
import { type Rule, SEVERITIES, type Severity } from './rule.ts';
import type { RuleContext } from './rule-context.ts';
import { RULES } from './rules/index.ts';

/** Something wrong, or worth knowing, in a stored conversation. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Relative to the conversation's directory. */
  readonly file: string | null;
  readonly index: number | null;
  readonly event_id: string | null;
  /** Byte offset from 0, line and column (in characters) from 1. */
  readonly offset?: number;
  readonly line?: number;
  readonly column?: number;
  readonly related?: readonly string[];
  /** What the SDK does about it. */
  readonly consequence: string;
}

/** Which codes to report, and how bad each is. */
export type RuleConfig = ReadonlyMap<
  string,
  { readonly severity: Severity; readonly isGiven: boolean }
>;

export interface RuleConfigSpec {
  readonly severity: ReadonlyMap<string, Severity | 'off'>;
  readonly ignore: readonly string[];
  /** None means all. */
  readonly only: readonly string[];
}

export const CODES: readonly string[] = RULES.map(({ code }) => code);

/** The severity of each code that is to be reported. */
export function makeRuleConfig({ severity, ignore, only }: RuleConfigSpec): RuleConfig {
  const judged = new Map<string, { severity: Severity; isGiven: boolean }>();
  for (const rule of RULES) {
    const given = severity.get(rule.code);
    const level = given ?? rule.severity;
    const isWanted = only.length === 0 || only.includes(rule.code);
    if (level !== 'off' && isWanted && !ignore.includes(rule.code)) {
      judged.set(rule.code, { severity: level, isGiven: given !== undefined });
    }
  }
  return judged;
}

/** Applies the rules to a conversation: worst first, and by index within a severity. */
export function verify(
  context: RuleContext,
  config: RuleConfig,
  fileOf: (slot: Slot) => string,
): Finding[] {
  return RULES.flatMap((rule) => findingsOf(rule, context, config, fileOf)).sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      (a.index ?? Number.MAX_SAFE_INTEGER) - (b.index ?? Number.MAX_SAFE_INTEGER),
  );
}

function findingsOf(
  rule: Rule,
  context: RuleContext,
  config: RuleConfig,
  fileOf: (slot: Slot) => string,
): Finding[] {
  const judged = config.get(rule.code);
  if (!judged) return [];
  // A rule may say that a case is less bad, unless the user has said how bad it is.
  const severityOf = (milder?: Severity) =>
    judged.isGiven ? judged.severity : (milder ?? judged.severity);
  return [...rule.check(context)].map(
    ({ message, slot, file, related, severity, ...position }) => ({
      code: rule.code,
      severity: severityOf(severity),
      message,
      file: slot ? fileOf(slot) : (file ?? null),
      index: slot?.index ?? null,
      event_id: slot?.id ?? null,
      ...position,
      ...(related && { related: related.map(fileOf) }),
      consequence: rule.consequence,
    }),
  );
}
