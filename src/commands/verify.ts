import { resolve } from 'node:path';
import { Command } from 'commander';
import { discover, expand } from '../conversation/discover.ts';
import type { Folder } from '../conversation/folder.ts';
import { EventLog } from '../conversation/log.ts';
import { findRoots } from '../conversation/roots.ts';
import { UsageError } from '../model/errors.ts';
import { VERIFY_FORMATS, type VerifyFormat, verifyReporter } from '../report/verify/index.ts';
import type { Totals, Verified } from '../report/verify/types.ts';
import type { Severity } from '../verification/rule.ts';
import { makeSubject } from '../verification/subject.ts';
import { CODES, type Judgement, judgementOf, SEVERITIES, verify } from '../verification/verify.ts';
import { EXIT } from './exit.ts';
import { addCommonOptions, addOutputOption, type CommonOptions, collectList } from './options.ts';
import { Session } from './session.ts';
import type { Streams } from './terminal.ts';

interface VerifyOptions extends CommonOptions {
  output: VerifyFormat;
  json?: boolean;
  all?: boolean;
  strict?: boolean;
  assumeIdle?: boolean;
  severity?: string[];
  ignore?: string[];
  only?: string[];
}

export function verifyCommand(
  run: (work: Promise<number>) => Promise<void>,
  streams: Streams,
): Command {
  const command = new Command('verify')
    .description('check stored conversations')
    .argument('[path...]', 'conversations, folders that hold them at any depth, or globs')
    .option('--all', 'every known root')
    .option('--strict', 'warnings fail too')
    .option(
      '--severity <code=level>',
      'error, warning, info or off (repeatable, commas)',
      collectList,
    )
    .option('--ignore <code>', 'leave a code out (repeatable, commas)', collectList)
    .option('--only <code>', 'nothing but this code (repeatable, commas)', collectList)
    .option('--assume-idle', 'take a half-written newest file for what it is at rest');
  addOutputOption(command, VERIFY_FORMATS);
  addCommonOptions(command);
  return command.action((paths, options) => run(runVerify(paths, options, streams)));
}

async function runVerify(
  paths: string[],
  options: VerifyOptions,
  streams: Streams,
): Promise<number> {
  const session = new Session(streams, options);
  const judgement = resolveJudgement(options);
  const folders = await findFolders(session, paths, options.all ?? false);
  const conversations: Verified[] = [];
  let hasFailed = false;
  for (const folder of folders) {
    try {
      conversations.push(await verifyOne(session, folder, judgement, options.assumeIdle ?? false));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      session.terminal.warn(error.message);
      hasFailed = true;
    }
  }
  const totals = totalsOf(conversations);
  const ok = totals.errors === 0 && !(options.strict && totals.warnings > 0);
  const report = verifyReporter(options.json ? 'json' : options.output);
  await session.terminal.write(
    report({ ok: ok && !hasFailed, conversations, totals }, session.terminal.style),
  );
  session.tellWork();
  if (hasFailed) return EXIT.usage;
  return ok ? EXIT.done : EXIT.problemsFound;
}

async function verifyOne(
  session: Session,
  folder: Folder,
  judgement: Judgement,
  assumeIdle: boolean,
): Promise<Verified> {
  const log = new EventLog(folder, session.pool, { assumeIdle });
  const { strangers, reachable } = log;
  const subject = await makeSubject({ ...session.source(log), strangers, reachable });
  return {
    id: folder.id,
    path: resolve(folder.path),
    shownAs: folder.path,
    events: subject.events.length,
    bytes: subject.bytes,
    reachable: subject.reachable,
    findings: verify(subject, judgement, ({ name }) => log.fileOf({ name })),
  };
}

async function findFolders(session: Session, operands: string[], all: boolean): Promise<Folder[]> {
  const paths = all ? findRoots(session.lookup) : [];
  for (const operand of operands) {
    paths.push(...(await expand(operand, session.lookup)));
  }
  if (all && paths.length === 0) throw new UsageError('--all: no known root exists');
  if (!all && operands.length === 0) paths.push(session.locate(undefined).path);
  const found = new Map<string, Folder>();
  for (const path of paths) {
    for (const folder of await discover(path)) found.set(resolve(folder.path), folder);
  }
  return [...found.values()];
}

function resolveJudgement({ severity = [], ignore = [], only = [] }: VerifyOptions): Judgement {
  const known = (option: string, code: string) => {
    if (!CODES.includes(code)) throw new UsageError(`${option} ${code}: no such finding code`);
    return code;
  };
  const levels = new Map<string, Severity | 'off'>();
  for (const setting of severity) {
    const [code = '', level = ''] = setting.split('=');
    if (![...SEVERITIES, 'off'].includes(level)) {
      throw new UsageError(`--severity ${setting}: not <code>=error, warning, info or off`);
    }
    levels.set(known('--severity', code), level as Severity | 'off');
  }
  return judgementOf({
    severity: levels,
    ignore: ignore.map((code) => known('--ignore', code)),
    only: only.map((code) => known('--only', code)),
  });
}

function totalsOf(conversations: readonly Verified[]): Totals {
  const count = (severity: Severity) =>
    conversations.flatMap(({ findings }) => findings).filter((f) => f.severity === severity).length;
  const sum = (key: 'events' | 'bytes') => conversations.reduce((total, c) => total + c[key], 0);
  return {
    conversations: conversations.length,
    events: sum('events'),
    bytes: sum('bytes'),
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
  };
}
