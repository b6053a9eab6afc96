import type { Slot } from '../domain/slot.ts';
import { type Rule, type RuleMatch, SEVERITIES, type Severity } from './rule.ts';
import type { RuleContext } from './rule-context.ts';
import { RULES } from './rules/index.ts';

/** A problem, or something worth knowing, in a stored conversation. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Relative to the conversation's directory. */
  readonly file: string | null;
  readonly index: number | null;
  readonly event_id: string | null;
  /** Byte offset from 0. */
  readonly offset?: number;
  /** From 1. */
  readonly line?: number;
  /** In characters from 1. */
  readonly column?: number;
  /** Other files that are part of the problem, relative to the conversation's directory. */
  readonly related?: readonly string[];
  /** What the SDK does. */
  readonly consequence: string;
}

/** The severity of each code that is reported. Other codes are not reported. */
export type RuleConfig = ReadonlyMap<
  string,
  { readonly severity: Severity; readonly isSetByUser: boolean }
>;

/** What a user asks for with `--severity`, `--ignore` and `--only`. */
export interface RuleConfigSpec {
  readonly severity: ReadonlyMap<string, Severity | 'off'>;
  /** Codes not to report. */
  readonly ignore: readonly string[];
  /** Codes to report; an empty list means all. */
  readonly only: readonly string[];
}

/** Every finding code. */
export const CODES: readonly string[] = RULES.map(({ code }) => code);

export function makeRuleConfig({ severity, ignore, only }: RuleConfigSpec): RuleConfig {
  const config = new Map<string, { severity: Severity; isSetByUser: boolean }>();
  for (const rule of RULES) {
    const userSeverity = severity.get(rule.code);
    const effective = userSeverity ?? rule.severity;
    const isSelected = only.length === 0 || only.includes(rule.code);
    if (effective !== 'off' && isSelected && !ignore.includes(rule.code)) {
      config.set(rule.code, { severity: effective, isSetByUser: userSeverity !== undefined });
    }
  }
  return config;
}

/**
 * Applies the rules to a conversation.
 *
 * @param fileOf the path of an event file, relative to the conversation's directory
 * @returns findings in order of severity, most severe first; by index within a severity
 */
export function verify(
  context: RuleContext,
  config: RuleConfig,
  fileOf: (slot: Slot) => string,
): Finding[] {
  const found = RULES.filter(({ isVerdict }) => !isVerdict).flatMap((rule) =>
    matchesOf(rule, context),
  );
  const isExplained = ({ slot, file }: RuleMatch) =>
    found.some(
      ({ rule, match }) =>
        (match.severity ?? rule.severity) === 'error' &&
        (slot
          ? match.slot?.name === slot.name
          : match.file === file || explainsKeyError(rule, context)),
    );
  const verdicts = RULES.filter(({ isVerdict }) => isVerdict)
    .flatMap((rule) => matchesOf(rule, context))
    .filter(({ match }) => !isExplained(match));
  return [...found, ...verdicts]
    .flatMap((one) => findingOf(one, config, fileOf))
    .sort(
      (a, b) =>
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        (a.index ?? Number.MAX_SAFE_INTEGER) - (b.index ?? Number.MAX_SAFE_INTEGER),
    );
}

/** Whether a rule's finding explains that the leaf, which the state names, is not there. */
function explainsKeyError({ code }: Rule, { verdict }: RuleContext): boolean {
  return code === 'index-gap' && verdict?.error.exception === 'KeyError';
}

interface Found {
  readonly rule: Rule;
  readonly match: RuleMatch;
}

function matchesOf(rule: Rule, context: RuleContext): Found[] {
  return [...rule.check(context)].map((match) => ({ rule, match }));
}

function findingOf(
  { rule, match }: Found,
  config: RuleConfig,
  fileOf: (slot: Slot) => string,
): Finding[] {
  const setting = config.get(rule.code);
  if (!setting) return [];
  const { message, slot, file, related, severity, ...position } = match;
  return [
    {
      code: rule.code,
      // A severity that the user sets holds for every case, also for those that the rule finds less severe.
      severity: setting.isSetByUser ? setting.severity : (severity ?? setting.severity),
      message,
      file: slot ? fileOf(slot) : (file ?? null),
      index: slot?.index ?? null,
      event_id: slot?.id ?? null,
      ...position,
      ...(related && { related: related.map(fileOf) }),
      consequence: rule.consequence,
    },
  ];
}
