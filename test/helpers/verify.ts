import { runInProcess } from './in-process.ts';

/** A finding as `verify --json` prints it. */
export interface PrintedFinding {
  code: string;
  severity: string;
  index: number | null;
  message: string;
}

/** What `verify --json` finds. */
export async function findingsOf(path: string, ...args: string[]): Promise<PrintedFinding[]> {
  const { stdout } = await runInProcess(['verify', path, '--json', ...args]);
  return JSON.parse(stdout).conversations.flatMap(
    (conversation: { findings: PrintedFinding[] }) => conversation.findings,
  );
}

/** The codes that `verify --json` finds, sorted. */
export async function codesOf(path: string, ...args: string[]): Promise<string[]> {
  return (await findingsOf(path, ...args)).map(({ code }) => code).sort();
}
