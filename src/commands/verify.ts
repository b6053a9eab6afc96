import { resolve, sep } from 'node:path';
import { Argument } from 'commander';
import { defineCommand, type Request } from '../command-line/define-command.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import { suggestion } from '../command-line/nearest.ts';
import type { CommonFlags } from '../command-line/options/common-options.ts';
import { type OutputFlags, resolveFormat } from '../command-line/options/output-options.ts';
import type { RuleFlags } from '../command-line/options/rule-options.ts';
import {
  addRuleOptions,
  addVerdictOptions,
  resolveVerdict,
  type VerdictFlags,
  type VerdictPlan,
} from '../command-line/options/verify-options.ts';
import { checkReportFiles, writeReportFiles } from '../command-line/report-files.ts';
import { namingRoot, type Session } from '../command-line/session.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { CoreError } from '../domain/errors.ts';
import type { Manifest } from '../domain/seal-manifest.ts';
import { discover, expand } from '../locating/discover.ts';
import { findRoots, type Warn } from '../locating/roots.ts';
import { eachOnce } from '../locating/search-folders.ts';
import { formatNames, render } from '../report/output-formats.ts';
import { isInRunner } from '../report/text/safety/runner-safe.ts';
import { isForRunner, VERIFY_FORMATS, type VerifyFormat } from '../report/verify/formats.ts';
import { makeReport } from '../report/verify/report.ts';
import type { ConversationFolder } from '../storage/conversation-folder.ts';
import { monotonicMs } from '../time/monotonic.ts';
import type { VerifyJob } from '../use-cases/verify-conversation.ts';
import type { VerifiedConversation } from '../verification/verified-conversation.ts';
import type { RuleConfig } from '../verification/verify.ts';

interface VerifyFlags extends CommonFlags, RuleFlags, VerdictFlags, OutputFlags<VerifyFormat> {
  readonly all?: boolean;
  readonly summary?: boolean;
  readonly assumeIdle?: boolean;
  readonly explain?: string;
  readonly manifest?: string;
  readonly sdk?: string;
}

export type VerifyPlan =
  | { readonly kind: 'explain'; readonly code: string }
  | (VerdictPlan & {
      readonly kind: 'verify';
      readonly paths: readonly string[];
      /** Verify every root as well. */
      readonly all: boolean;
      readonly config: RuleConfig;
      readonly assumeIdle: boolean;
      readonly manifest: string | undefined;
      /** The SDK version that judges, `all`, or undefined for the newest one. */
      readonly sdk: string | undefined;
      readonly format: VerifyFormat;
      /** Text without the findings: a line for each conversation that is not fine, and the totals. */
      readonly isSummary: boolean;
    });

type Verification = Extract<VerifyPlan, { kind: 'verify' }>;

const EXAMPLES = `
Examples:
  convoscope verify 1628                      one conversation
  convoscope verify ./conversations --strict  a folder; warnings fail too
  convoscope verify --all -o ndjson --only index-gap,truncated-json
  convoscope verify ./old --sdk all           which SDK versions can resume it`;

export const verifyCommand = defineCommand<VerifyFlags, VerifyPlan>({
  name: 'verify',
  description: 'check stored conversations',
  operands: [
    new Argument(
      '[path...]',
      'conversations, folders that contain some at any depth, globs, or ids',
    ),
  ],
  options: (command) =>
    command
      .option('--all', 'verify every conversation under the known roots')
      .option('--summary', 'print a line for each conversation that is not fine, not its findings')
      .option(
        '--sdk <version>',
        'judge whether this SDK version can resume, or all (default: the newest known)',
      )
      .option('--manifest <file>', 'check whether a sealed file was changed (one conversation)')
      .option('--explain <code>', 'explain a finding code, and what to do about it')
      .option(
        '--assume-idle',
        'assume that nobody is writing: a half-written newest file is damaged',
      ),
  groups: [addVerdictOptions, addRuleOptions],
  formats: formatNames(VERIFY_FORMATS),
  examples: EXAMPLES,
  plan: verifyPlan,
  run: runVerify,
});

/** Resolves the command line of `verify`. @throws UsageError */
export async function verifyPlan({ operands, flags }: Request<VerifyFlags>): Promise<VerifyPlan> {
  const [paths] = operands as [string[]];
  if (flags.explain !== undefined) return { kind: 'explain', code: flags.explain };
  // The rules and their schemas take longer to load than most commands take to run.
  const { resolveRuleConfig } = await import('../command-line/options/rule-options.ts');
  const { resolveSdk } = await import('../command-line/options/sdk-option.ts');
  return {
    kind: 'verify',
    paths,
    all: flags.all ?? false,
    config: resolveRuleConfig(flags),
    ...resolveVerdict(flags),
    assumeIdle: flags.assumeIdle ?? false,
    manifest: flags.manifest,
    sdk: resolveSdk(flags.sdk),
    format: resolveFormat(flags),
    isSummary: flags.summary ?? false,
  };
}

async function runVerify(plan: VerifyPlan, session: Session): Promise<number> {
  return plan.kind === 'explain' ? explain(plan.code, session) : verifyAll(plan, session);
}

async function verifyAll(plan: Verification, session: Session): Promise<number> {
  const { verifyMany } = await import('../use-cases/verify-many.ts');
  const { CODES } = await import('../verification/verify.ts');
  const { terminal, workers, scheduler } = session;
  // The workflow runner that reads the annotations reads the notes too.
  if (plan.format === 'github') terminal.protectRunner();
  // A conversation that can't be verified is reported at once, and the others are still verified.
  let failures = 0;
  const fail = (message: string) => {
    failures++;
    terminal.warn(message);
  };
  const compare = await comparison(plan);
  const folders = await foldersOf(plan, session, fail);
  checkReportFiles(plan.reports, folders);
  const jobs = await jobsFor(plan, session, folders);
  const source = session.source.bind(session);
  const start = monotonicMs();
  const conversations = await verifyMany(jobs, { workers, scheduler, source, fail });
  const { failOn, minSeverity, isSummary } = plan;
  const report = makeReport(conversations, {
    failOn,
    minSeverity,
    failures,
    durationMs: monotonicMs() - start,
    compared: compare?.(conversations),
    isSummary,
    isSelection: plan.config.size < CODES.length,
  });
  await terminal.write(render(VERIFY_FORMATS, plan.format, report, terminal.style));
  await writeReportFiles(plan.reports, folders, report);
  session.printReadStats();
  if (failures > 0) return EXIT.usage;
  return report.ok ? EXIT.done : EXIT.problemsFound;
}

/** Reads the baseline. @returns what compares conversations with it; undefined if there is none */
async function comparison({ baseline: file, config }: Verification) {
  if (file === undefined) return undefined;
  const { readBaseline } = await import('../command-line/baseline-file.ts');
  const { compareWith } = await import('../verification/baseline/baseline.ts');
  const baseline = readBaseline(file);
  return (conversations: readonly VerifiedConversation[]) =>
    compareWith(baseline, conversations, (code) => config.has(code));
}

async function jobsFor(
  { config, assumeIdle, sdk, manifest, format, reports }: Verification,
  { plan, limits, streams }: Session,
  folders: readonly ConversationFolder[],
): Promise<VerifyJob[]> {
  const seals = await sealsOf(manifest, folders);
  const formats = [format, ...reports.map((report) => report.format)];
  const atRest = isInRunner(streams.env) || formats.some(isForRunner);
  return folders.map((folder) => ({
    folder,
    config,
    assumeIdle,
    atRest,
    timeZone: plan.timeZone,
    limits,
    sdk,
    manifest: seals.get(folder),
  }));
}

/** The conversations that the operands name, each once. */
async function foldersOf(
  { paths, all }: Verification,
  session: Session,
  fail: Warn,
): Promise<ConversationFolder[]> {
  const roots = all ? namingRoot(() => findRoots(session.lookup)) : [];
  const named = [...roots.map(({ path }) => path), ...paths];
  const folders: ConversationFolder[] = [];
  // Without any operand, it is the latest conversation.
  for (const operand of named.length > 0 ? named : [undefined]) {
    try {
      for (const folder of await foldersAt(operand, session, fail)) folders.push(folder);
    } catch (error) {
      if (!(error instanceof CoreError || error instanceof UsageError)) throw error;
      fail(error.message);
    }
  }
  return eachOnce(folders);
}

async function foldersAt(
  operand: string | undefined,
  session: Session,
  fail: Warn,
): Promise<ConversationFolder[]> {
  const isUnnamed = operand === undefined || operand === '@latest';
  const paths = isUnnamed ? [session.locate(operand).path] : await expand(operand, session.lookup);
  return paths.flatMap((path) => discover(path, fail));
}

/** Which folder a manifest is for. @throws UsageError if that is not clear. @throws CoreError if it is not a manifest */
async function sealsOf(
  file: string | undefined,
  folders: readonly ConversationFolder[],
): Promise<Map<ConversationFolder, Manifest>> {
  if (file === undefined) return new Map();
  const { readManifest } = await import('../storage/seal.ts');
  const manifest = await readManifest(file);
  const { id } = manifest.conversation;
  const named = folders.filter((folder) => folder.id === id);
  // A copy can have another name. If there is only one conversation, apart from its subagents, it is meant.
  const outermost = folders.filter((folder) => !folders.some((other) => isBelow(folder, other)));
  const [folder, ...others] = named.length > 0 ? named : outermost;
  if (folder && others.length === 0) return new Map([[folder, manifest]]);
  throw new UsageError(
    `--manifest ${file}: it seals ${id}, but ${folders.length} conversations are being verified`,
  );
}

/** Whether one conversation is inside the folder of another. */
function isBelow(folder: ConversationFolder, other: ConversationFolder): boolean {
  return resolve(folder.path).startsWith(`${resolve(other.path)}${sep}`);
}

async function explain(code: string, { terminal }: Session): Promise<number> {
  const { RULES } = await import('../verification/rules/index.ts');
  const { explainText } = await import('../report/verify/explain.ts');
  const rule = RULES.find((candidate) => candidate.code === code);
  if (!rule) {
    const codes = RULES.map((candidate) => candidate.code);
    throw new UsageError(
      `--explain ${code}: no such finding code${suggestion(code, codes)}; the codes are ${codes.join(', ')}`,
    );
  }
  await terminal.write([explainText(rule, terminal.style)]);
  return EXIT.done;
}
