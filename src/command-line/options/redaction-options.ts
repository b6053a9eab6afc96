import type { Command } from 'commander';
import { makePersonalDetector } from '../../redaction/detectors/personal.ts';
import { makePatternDetector } from '../../redaction/detectors/user-patterns.ts';
import type { Detector } from '../../redaction/redactor.ts';
import { makePattern, matchesOf } from '../../text/regex/pattern.ts';
import { UsageError } from '../usage-error.ts';
import { type FilterFlags, namingOption, resolveMatchTimeout } from './filter-options.ts';
import { collect } from './option-values.ts';

export interface RedactionFlags {
  readonly redact?: boolean;
  readonly redactPattern?: readonly string[];
  readonly redactPaths?: boolean;
  readonly redactReport?: string;
}

/** What is replaced, besides secrets, and where that is reported. */
export interface RedactionPlan {
  readonly detectors: readonly Detector[];
  /** The file of the report; undefined for none. */
  readonly report: string | undefined;
}

/** Adds `--redact` and the options that say what else it replaces. */
export const addRedactionOptions = (command: Command) =>
  command
    .option('--redact', 'replace secrets, and say how many')
    .option(
      '--redact-pattern <re>',
      'replace secrets, and what this regular expression matches; can be repeated',
      collect,
    )
    .option(
      '--redact-paths',
      'replace secrets, names of users and hosts in paths and addresses, and e-mail addresses',
    )
    .option(
      '--redact-report <file>',
      'replace secrets, and write what was replaced where, without the values',
    );

/** The plan that the flags make; undefined if nothing is replaced. @throws UsageError */
export function redactionPlan(
  flags: RedactionFlags & Pick<FilterFlags, 'caseSensitive' | 'matchTimeout'>,
): RedactionPlan | undefined {
  const { redact, redactPattern = [], redactPaths = false, redactReport } = flags;
  const isWanted = redact || redactPattern.length > 0 || redactPaths || redactReport !== undefined;
  if (!isWanted) return undefined;
  if (redactReport === '-') {
    throw new UsageError('--redact-report -: stdout has the conversation; name a file');
  }
  const timeoutMs = resolveMatchTimeout(flags.matchTimeout);
  const detectors = redactPattern.map((source) =>
    patternDetector(source, flags.caseSensitive ?? false, timeoutMs),
  );
  if (redactPaths) detectors.push(makePersonalDetector());
  return { detectors, report: redactReport };
}

function patternDetector(
  source: string,
  caseSensitive: boolean,
  timeoutMs: number | undefined,
): Detector {
  const pattern = namingOption('--redact-pattern', source, () =>
    makePattern(source, caseSensitive, timeoutMs),
  );
  if (source === '') throw new UsageError('--redact-pattern: is empty');
  return makePatternDetector((text) => matchesOf(pattern, text));
}
