import { resolve, sep } from 'node:path';
import { discover, expand } from '../conversation/discover.ts';
import { LEASE, META, readDocument, readSettledDocument, STATE } from '../conversation/document.ts';
import type { Folder } from '../conversation/folder.ts';
import { isLive } from '../conversation/inflight.ts';
import { EventLog } from '../conversation/log.ts';
import { findRoots } from '../conversation/roots.ts';
import { readManifest, sealedFiles } from '../conversation/seal.ts';
import { UsageError } from '../model/errors.ts';
import type { Manifest } from '../model/seal.ts';
import { bareId } from '../model/slot.ts';
import { explainText } from '../report/verify/explain.ts';
import { verifyReporter } from '../report/verify/index.ts';
import type { Totals, Verified } from '../report/verify/types.ts';
import { resumeOf } from '../verification/resume.ts';
import type { Severity } from '../verification/rule.ts';
import { RULES } from '../verification/rules/index.ts';
import { changesSince } from '../verification/seal.ts';
import { makeSubject } from '../verification/subject.ts';
import { CODES, type Judgement, verify } from '../verification/verify.ts';
import { EXIT } from './exit.ts';
import { resolveJudgement } from './judgement.ts';
import { formatOf } from './options.ts';
import { Session } from './session.ts';
import type { Streams } from './terminal.ts';
import type { VerifyOptions } from './verify.ts';

/** Verifies what the operands name, and reports. @returns the exit code */
export async function runVerify(
  operands: string[],
  options: VerifyOptions,
  streams: Streams,
): Promise<number> {
  const session = await Session.open(streams, options);
  if (options.explain !== undefined) return explain(session, options.explain);
  const judgement = resolveJudgement(options);
  const format = formatOf(options);
  // What could not be verified is told as it comes up, and all else is verified all the same.
  let failures = 0;
  const warn = (message: string) => {
    failures++;
    session.terminal.warn(message);
  };
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      warn(error.message);
      return undefined;
    }
  };
  const folders = new Map<string, Folder>();
  for (const operand of operandsOf(session, operands, options.all ?? false)) {
    const found = await attempt(() => foldersOf(operand, session, warn));
    for (const folder of found ?? []) folders.set(resolve(folder.path), folder);
  }
  const seals = await sealsOf(options.manifest, [...folders.values()]);
  const conversations: Verified[] = [];
  for (const folder of folders.values()) {
    const verified = await attempt(() =>
      verifyOne(session, folder, judgement, options.assumeIdle ?? false, seals.get(folder)),
    );
    if (verified) conversations.push(verified);
  }
  const totals = totalsOf(conversations);
  const isStrict = options.strict ?? false;
  const hasProblems = totals.errors > 0 || (isStrict && totals.warnings > 0);
  const report = { ok: failures === 0 && !hasProblems, failures, isStrict, conversations, totals };
  const reporter = await verifyReporter(format);
  await session.terminal.write(reporter(report, session.terminal.style));
  session.tellWork();
  if (failures > 0) return EXIT.usage;
  return hasProblems ? EXIT.problemsFound : EXIT.done;
}

async function verifyOne(
  session: Session,
  folder: Folder,
  judgement: Judgement,
  assumeIdle: boolean,
  manifest: Manifest | undefined,
): Promise<Verified> {
  const read = assumeIdle ? readDocument : readSettledDocument;
  // The state comes first: whatever it names was written before it, so the listing must have it.
  const state = await read(folder, STATE);
  const [meta, lease] = [await read(folder, META), await read(folder, LEASE)];
  const log = new EventLog(folder, session.pool, { assumeIdle }); // no index is trusted
  const now = Date.now(); // this very moment: a run can take long
  const subject = await makeSubject({
    ...session.source(log),
    strangers: log.strangers.map((name) => log.fileOf({ name })),
    folderId: /^[0-9a-f]{32}$/i.test(folder.id) ? bareId(folder.id) : undefined,
    state,
    meta,
    lease,
    isLive: !assumeIdle && isLive(folder, log.slots.at(-1)?.name, now),
    now,
    seal: manifest && changesSince(manifest.files, sealedFiles(folder)),
  });
  return {
    id: folder.id,
    path: resolve(folder.path),
    shownAs: folder.path,
    events: subject.events.length,
    bytes: subject.bytes,
    reachable: subject.reachable,
    ...resumeOf(subject),
    findings: verify(subject, judgement, (slot) => log.fileOf(slot)),
  };
}

/** Which folder a manifest is for. @throws UsageError where it is for none, or is no manifest */
async function sealsOf(
  file: string | undefined,
  folders: Folder[],
): Promise<Map<Folder, Manifest>> {
  if (file === undefined) return new Map();
  const manifest = await readManifest(file);
  const { id } = manifest.conversation;
  const named = folders.filter((folder) => folder.id === id);
  // A copy may have another name: of one conversation, with its subagents, there is no doubt.
  const outermost = folders.filter((folder) => !folders.some((other) => isBelow(folder, other)));
  const [folder, ...others] = named.length > 0 ? named : outermost;
  if (folder && others.length === 0) return new Map([[folder, manifest]]);
  throw new UsageError(
    `--manifest ${file}: seals ${id}, and ${folders.length} conversations are verified`,
  );
}

/** Whether one conversation lies in another's folder. */
function isBelow(folder: Folder, other: Folder): boolean {
  return resolve(folder.path).startsWith(`${resolve(other.path)}${sep}`);
}

/** What to look at; undefined stands for the conversation that is taken where none is named. */
function operandsOf(session: Session, operands: string[], all: boolean): (string | undefined)[] {
  const roots = all ? findRoots(session.lookup) : [];
  return roots.length + operands.length > 0 ? [...roots, ...operands] : [undefined];
}

async function foldersOf(
  operand: string | undefined,
  session: Session,
  warn: (message: string) => void,
): Promise<Folder[]> {
  const isUnnamed = operand === undefined || operand === '@latest';
  const paths = isUnnamed ? [session.locate(operand).path] : await expand(operand, session.lookup);
  const found: Folder[] = [];
  for (const path of paths) found.push(...discover(path, { warn }));
  return found;
}

async function explain({ terminal }: Session, code: string): Promise<number> {
  const rule = RULES.find((candidate) => candidate.code === code);
  if (!rule) throw new UsageError(`--explain ${code}: no such code; there are ${CODES.join(', ')}`);
  await terminal.write([explainText(rule, terminal.style)]);
  return EXIT.done;
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
