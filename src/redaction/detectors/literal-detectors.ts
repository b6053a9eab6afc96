import { LiteralScanner } from '../search/literal-scanner.ts';
import type { SecretRange } from '../search/secret-range.ts';
import { SECRET_SHAPES } from '../shapes/index.ts';
import { COMMANDS, secretsOfCommand } from './command-secrets.ts';
import { DISCORD_TOKEN, secretOfShape } from './shapes.ts';

/** The search of one text. */
interface Search {
  readonly text: string;
  readonly found: SecretRange[];
  /** How far each shape and each command was searched for: none is tried again inside of what it matched. */
  readonly searchedTo: Map<object, number>;
}

/** What is tried where a literal is. */
type Trial = (search: Search, at: number) => void;

/** One search for the literals of all shapes and commands: most texts contain none. */
const scanner = new LiteralScanner<Trial>();

for (const shape of SECRET_SHAPES) {
  const trial: Trial = ({ text, found, searchedTo }, at) => {
    if (at < (searchedTo.get(shape) ?? 0)) return;
    const range = secretOfShape(text, at, shape);
    if (!range) return;
    found.push(range);
    searchedTo.set(shape, range.end);
  };
  for (const literal of shape.literals) scanner.add(literal, trial, shape.ignoresCase);
}

for (const command of COMMANDS) {
  const trial: Trial = ({ text, found, searchedTo }, at) => {
    if (at < (searchedTo.get(command) ?? 0)) return;
    const { ranges, searchedTo: end } = secretsOfCommand(text, at, command);
    for (const range of ranges) found.push(range);
    searchedTo.set(command, end);
  };
  for (const literal of command.literals) scanner.add(literal, trial);
}

/** Secrets that are recognized by their shape wherever they are, and those that commands are given. */
export function findByLiterals(text: string): SecretRange[] {
  const search: Search = { text, found: [], searchedTo: new Map() };
  scanner.scan(text, (trial, at) => trial(search, at));
  if (text.includes('.')) {
    for (const { index, 0: token } of text.matchAll(DISCORD_TOKEN)) {
      search.found.push({ start: index, end: index + token.length, rule: 'discord-token' });
    }
  }
  return search.found;
}
