import type { WhyReport } from './types.ts';

/** More commands are not named. */
const MAX_COMMANDS = 4;

/** The commands that show more of what an answer is about, most useful first. They can be pasted into a shell. */
export function nextCommands(report: Omit<WhyReport, 'next'>): string[] {
  const { operand, ending, lastError, loops, failed, unanswered, verdict, skipped, events } =
    report;
  const branch = report.offBranch > 0 ? ' --branch active' : '';
  const isOpen = ending.outcome === 'running' || ending.outcome === 'waiting';
  const commands = [
    ...(lastError ? [`show ${operand} ${lastError.record.slot.index}`] : []),
    ...(report.offBranch > 0 ? [`tree ${operand}`] : []),
    ...(loops.length > 0 ? [`calls ${operand} --loops${branch}`] : []),
    ...(unanswered.length > 0 ? [`calls ${operand} --unanswered${branch}`] : []),
    ...(skipped.length > 0 || verdict.resumes === 'partly' ? [`verify ${operand}`] : []),
    ...(failed.length > 1 ? [`calls ${operand} --failed${branch}`] : []),
    ...(verdict.resumes === 'no' ? [`verify ${operand} --sdk all`] : []),
    ...(isOpen ? [`tail ${operand} -f`] : events > 0 ? [`tail ${operand}`] : []),
  ];
  return commands.slice(0, MAX_COMMANDS).map((command) => `convoscope ${command}`);
}
