import type { Command } from 'commander';
import { EXIT } from '../command-line/exit-codes.ts';
import {
  addCommonOptions,
  type CommonOptions,
  conversationCommand,
  type StartAction,
} from '../command-line/options/common-options.ts';
import { Session } from '../command-line/session.ts';
import type { Streams } from '../command-line/terminal.ts';
import { isLive } from '../storage/in-flight.ts';
import { list } from '../storage/listing.ts';

const EXAMPLES = `
Examples:
  convoscope seal 1628 > 1628.seal.json      keep it away from the conversation
  convoscope verify 1628 --manifest 1628.seal.json`;

export function sealCommand(start: StartAction): Command {
  const command = conversationCommand(
    'seal',
    'print a manifest, to prove later that no file was changed',
  ).addHelpText('after', EXAMPLES);
  addCommonOptions(command);
  return command.action((conversation, options) =>
    start((streams) => runSeal(conversation, options, streams)),
  );
}

async function runSeal(
  conversation: string | undefined,
  options: CommonOptions,
  streams: Streams,
): Promise<number> {
  const session = await Session.open(streams, options);
  const folder = session.locate(conversation);
  const { seal } = await import('../storage/seal.ts');
  const manifest = seal(folder, Date.now());
  if (isLive(folder, list(folder).at(-1)?.name, Date.now())) {
    session.terminal.warn('the conversation is being written to: seal it again when it is at rest');
  }
  // A line a file, so that manifests can be compared.
  const { files, digest, ...head } = manifest;
  const lines = files.map((file) => JSON.stringify(file)).join(',\n');
  await session.terminal.write([
    `${JSON.stringify(head).slice(0, -1)},"files":[\n${lines}\n],"digest":"${digest}"}\n`,
  ]);
  return EXIT.done;
}
