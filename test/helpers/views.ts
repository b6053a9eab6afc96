import { cli, terminal } from './cli.ts';
import { fixtures } from './fixtures.ts';
import { idOf, stampAt } from './memory.ts';

export const fixture = (name: string) => fixtures.find((one) => one.name === name)!.path;
export const PLAIN = fixture('1.58.2/plain');
export const TREE = fixture('1.58.2/tree');
export const CONDENSED = fixture('1.58.2/condensation');
export const NO_COLOR = { NO_COLOR: '1' };

/** What an 80 column terminal shows, without colours. */
export async function screen(...args: string[]): Promise<string> {
  const { code, output } = await terminal([...args, '--tz', 'UTC'], 80, NO_COLOR);
  return `${output}exit ${code}`;
}

export const second = 1_000_000;

export function action(index: number, command: string): object {
  return {
    id: idOf(index),
    timestamp: stampAt(index * second),
    source: 'agent',
    thought: [],
    action: { kind: 'TerminalAction', command },
    tool_name: 'terminal',
    tool_call_id: 'call-0', // some models repeat it
    tool_call: { id: 'call-0', name: 'terminal', arguments: JSON.stringify({ command }) },
    llm_response_id: `r${index}`,
    kind: 'ActionEvent',
  };
}

export function answer(index: number, text: string, exit_code = 0): object {
  return {
    id: idOf(index),
    timestamp: stampAt((index + 1) * second),
    source: 'environment',
    tool_name: 'terminal',
    tool_call_id: 'call-0',
    action_id: idOf(index - 1),
    observation: { kind: 'TerminalObservation', content: [{ type: 'text', text }], exit_code },
    kind: 'ObservationEvent',
  };
}

/** One command after the other, each with its answer. */
export const rounds = (...commands: string[]) =>
  commands.flatMap((command, at) => [action(2 * at, command), answer(2 * at + 1, 'same')]);

interface Item {
  index: number;
  outcome: string;
  seconds: number | null;
  loop: {
    number: number;
    kind: string;
    period: number;
    times: number;
    same_answers: boolean;
  } | null;
}

/** Runs `calls`. @returns the items of its JSON */
export async function calls(...args: string[]): Promise<Item[]> {
  return JSON.parse((await cli(['calls', ...args, '--json'])).stdout).items;
}
