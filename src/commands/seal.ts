import { CONVERSATION, defineCommand, type Request } from '../command-line/define-command.ts';
import { EXIT } from '../command-line/exit-codes.ts';
import type { CommonFlags } from '../command-line/options/common-options.ts';
import type { Session } from '../command-line/session.ts';
import { manifestJson } from '../report/seal-manifest-json.ts';
import { isLive } from '../storage/in-flight.ts';
import { listEvents } from '../storage/list-events.ts';

export interface SealPlan {
  readonly conversation: string | undefined;
}

const EXAMPLES = `
Examples:
  convoscope seal 1628 > 1628.seal.json      keep it away from the conversation
  convoscope verify 1628 --manifest 1628.seal.json`;

export const sealCommand = defineCommand<CommonFlags, SealPlan>({
  name: 'seal',
  description: 'print a manifest, to check later whether a file was changed',
  operands: [CONVERSATION],
  examples: EXAMPLES,
  plan: sealPlan,
  run: runSeal,
});

/** Resolves the command line of `seal`. */
function sealPlan({ operands }: Request<CommonFlags>): SealPlan {
  const [conversation] = operands as [string?];
  return { conversation };
}

async function runSeal({ conversation }: SealPlan, session: Session): Promise<number> {
  const folder = session.locate(conversation);
  const { seal } = await import('../storage/seal.ts');
  const manifest = seal(folder, Date.now());
  if (isLive(folder, listEvents(folder).at(-1)?.name, Date.now())) {
    session.terminal.warn(
      'an agent may be writing to the conversation: seal it again when the agent is idle',
    );
  }
  await session.terminal.write([manifestJson(manifest, session.terminal.style)]);
  return EXIT.done;
}
