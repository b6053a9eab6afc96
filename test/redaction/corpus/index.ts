import { commandSamples } from './commands.ts';
import { encodingSamples } from './encodings.ts';
import { fileSamples, privateKeySamples, urlSamples } from './files.ts';
import { Characters } from './random.ts';
import type { Sample } from './samples.ts';
import { tokenSamples } from './tokens.ts';
import { assignmentSamples, unusualValueSamples } from './values.ts';

export const CORPUS_SEEDS = Array.from({ length: 20 }, (_, at) => 11 + at);

/**
 * Synthetic secrets, made from the formats that services document and from the ways in which files, commands and code
 * write secrets down. The same seed gives the same ones. None of them is or was in use.
 */
export function makeCorpus(seed: number): Sample[] {
  const characters = new Characters(seed);
  return [
    tokenSamples,
    assignmentSamples,
    unusualValueSamples,
    commandSamples,
    fileSamples,
    urlSamples,
    privateKeySamples,
    encodingSamples,
  ].flatMap((make) => make(characters));
}
