import { type Command, Option } from 'commander';
import { formatNames } from '../../report/output-formats.ts';
import { VERIFY_FORMATS, type VerifyFormat } from '../../report/verify/formats.ts';
import { atLeast, failingSeverity } from '../../report/verify/report.ts';
import { FAIL_ON, type FailOn } from '../../report/verify/types.ts';
import { SEVERITIES, type Severity } from '../../verification/rule.ts';
import { suggestion } from '../nearest.ts';
import { UsageError } from '../usage-error.ts';
import { collect, collectList } from './option-values.ts';

/** A report that is written to a file. */
export interface ReportFile {
  readonly format: VerifyFormat;
  readonly file: string;
}

export interface VerdictFlags {
  readonly strict?: boolean;
  readonly failOn?: FailOn;
  readonly minSeverity?: Severity;
  readonly baseline?: string;
  readonly report?: readonly string[];
}

/** What fails a run, what is shown, and which reports are written. */
export interface VerdictPlan {
  readonly failOn: FailOn;
  /** Less severe findings are not shown. */
  readonly minSeverity: Severity;
  /** The JSON report of an earlier run. What it has does not fail. */
  readonly baseline: string | undefined;
  readonly reports: readonly ReportFile[];
}

export function addVerdictOptions(command: Command): void {
  command
    .addOption(
      new Option('--fail-on <what>', 'what makes the exit code 1 (default: error)').choices(
        FAIL_ON,
      ),
    )
    .option('--strict', 'same as --fail-on warning')
    .addOption(
      new Option('--min-severity <level>', 'show no less severe findings').choices(SEVERITIES),
    )
    .option('--baseline <file>', 'leave out what an earlier verify --json found; it does not fail')
    .option(
      '--report <format=file>',
      'also write a report in this format to a file (repeatable)',
      collect,
    );
}

export function addRuleOptions(command: Command): void {
  command
    .option(
      '--severity <code=level>',
      'set the severity of a code: error, warning, info or off (repeatable, or separated by commas)',
      collectList,
    )
    .option(
      '--ignore <code>',
      'do not report this code (repeatable, or separated by commas)',
      collectList,
    )
    .option(
      '--only <code>',
      'report only this code (repeatable, or separated by commas)',
      collectList,
    );
}

/** Resolves what fails, what is shown and what is written. @throws UsageError */
export function resolveVerdict(flags: VerdictFlags): VerdictPlan {
  const { strict = false, minSeverity = 'info', baseline, report = [] } = flags;
  if (strict && flags.failOn !== undefined && flags.failOn !== 'warning') {
    throw new UsageError(`--strict --fail-on ${flags.failOn}: --strict is --fail-on warning`);
  }
  const failOn = flags.failOn ?? (strict ? 'warning' : 'error');
  if (!atLeast(failingSeverity(failOn), minSeverity)) {
    const option = strict ? '--strict' : `--fail-on ${failOn}`;
    throw new UsageError(`--min-severity ${minSeverity} hides what fails with ${option}`);
  }
  return { failOn, minSeverity, baseline, reports: report.map(reportFile) };
}

function reportFile(text: string): ReportFile {
  const [, typed, file] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  const names = formatNames(VERIFY_FORMATS);
  if (typed === undefined || file === undefined) {
    throw new UsageError(`--report ${text}: not <format>=<file>; formats are ${names.join(', ')}`);
  }
  const format = names.find((name) => name === typed);
  if (format === undefined) {
    throw new UsageError(
      `--report ${text}: ${typed} is no format${suggestion(typed, names)}; formats are ${names.join(', ')}`,
    );
  }
  if (file === '-') {
    throw new UsageError(
      `--report ${text}: stdout has the output of -o; name a file, or ./- for a file of that name`,
    );
  }
  return { format, file };
}
