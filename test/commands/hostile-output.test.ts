import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMAND_GROUPS, HIDDEN_COMMANDS } from '../../src/commands/registry.ts';
import { cleanEnv, cli } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/conversation.ts';
import { terminalEnv, withoutProgress } from '../helpers/environment.ts';
import { fileNameOf, makeHostile } from '../helpers/hostile-conversation.ts';
import { ALL_HOSTILE, actsOnRunner, actsOnTerminal, hostileText } from '../helpers/hostile-text.ts';
import { runInProcess } from '../helpers/in-process.ts';
import { runs, sample } from '../helpers/sweep.ts';

/*
 * Every command, with every format and option that takes no free value, over a conversation whose every string and
 * name is hostile. The commands and options are taken from the registry, so a new one is tested without a change here.
 */

interface Hostile {
  readonly text: string;
  readonly root: string;
  readonly conversation: string;
}

function makeHostileRoot(text: string): Hostile {
  const root = join(temporaryFolder(), fileNameOf(text));
  mkdirSync(root);
  const conversation = makeHostile(text, fileNameOf(`c${text}`), root);
  makeHostile(text, fileNameOf(`c${text}`), join(conversation, 'subagents'));
  writeFileSync(join(conversation, 'events', fileNameOf(`event-${text}`)), text);
  writeFileSync(join(conversation, 'events', fileNameOf(`event-00011-${text}`)), text);
  return { text, root, conversation };
}

/** A value for each name of an operand in the help. */
const OPERANDS: Record<string, (hostile: Hostile) => string[]> = {
  conversation: ({ conversation }) => [conversation],
  path: ({ root }) => [root],
  root: ({ root }) => [root],
  a: ({ conversation }) => [conversation],
  b: ({ conversation, text }) => [join(conversation, 'subagents', fileNameOf(`c${text}`))],
  pattern: () => ['word'],
  event: () => ['3'],
  shell: () => ['bash'],
  words: ({ root }) => ['--', 'convoscope', 'show', '--root', root, ''],
};

/** These wait for ever, or leave out everything. */
const LEFT_OUT = ['--follow', '--until-done', '--help', '--quiet', '--errors', '--next'];

const COMMANDS = [...Object.values(COMMAND_GROUPS), HIDDEN_COMMANDS].flatMap(Object.entries);

/** So wide that nothing is cut. */
const WIDE = 20_000;

async function commandOf(name: string): Promise<Command> {
  const [, load] = COMMANDS.find(([one]) => one === name) ?? [];
  return (await load!())(async () => {});
}

/** Command lines of a command: the plain one, one for each choice of an option, and one for each switch. */
async function argumentsOf(name: string): Promise<{ formats: string[][]; switches: string[][] }> {
  const { options } = await commandOf(name);
  const choices = options.flatMap(({ long, argChoices }) =>
    long === '--color' ? [] : (argChoices ?? []).map((choice) => [long!, choice]),
  );
  const switches = options
    .filter(({ long, flags }) => !/[<[]/.test(flags) && !LEFT_OUT.includes(long!))
    .map(({ long }) => [long!]);
  return { formats: [[], ...choices], switches };
}

async function operandsOf(name: string, hostile: Hostile): Promise<string[]> {
  const { registeredArguments } = await commandOf(name);
  return registeredArguments.flatMap((argument) => {
    const fill = OPERANDS[argument.name()];
    if (!fill) throw new Error(`${name}: no value is known for the operand ${argument.name()}`);
    return fill(hostile);
  });
}

/** Formats in which a program reads exact bytes on a pipe, so that they are not made safe for a terminal there. */
const EXACT = ['json', 'ndjson', 'paths', 'html', 'sarif', '--json', '--raw'];
const isAnnotation = (line: string) =>
  /^::(?:error|warning|notice) (?:file|title)=[^:]*::/.test(line);

/** Expects that a command line prints nothing that acts, wherever it prints to. */
async function expectSafe(
  args: readonly string[],
  options: readonly string[],
  columns = 80,
): Promise<void> {
  const label = JSON.stringify([args[0], ...options]);
  const onTerminal = await runInProcess([...args, ...options], {
    columns,
    env: terminalEnv({ NO_COLOR: '1', FORCE_HYPERLINK: '0' }),
  });
  expect([label, ...actsOnTerminal(withoutProgress(onTerminal.output))]).toEqual([label]);
  const onPipe = await cli([...args, ...options]);
  const isExact = options.some((option) => EXACT.includes(option)) || args[0] === 'seal';
  const forPeople = isExact ? onPipe.stderr : onPipe.stderr + onPipe.stdout;
  expect([label, ...actsOnTerminal(forPeople)]).toEqual([label]);
  const inRunner = await cli([...args, ...options], {
    env: cleanEnv({ GITHUB_ACTIONS: 'true' }),
  });
  const isOwn = options.includes('github') ? isAnnotation : undefined;
  const forRunner = [...actsOnRunner(inRunner.stdout, isOwn), ...actsOnRunner(inRunner.stderr)];
  expect([label, ...forRunner]).toEqual([label]);
}

describe.each(COMMANDS.map(([name]) => name))('%s', (name) => {
  test('prints nothing that acts, in any format', async () => {
    const hostile = makeHostileRoot(ALL_HOSTILE);
    const args = [name, ...(await operandsOf(name, hostile))];
    const { formats, switches } = await argumentsOf(name);
    for (const options of [...formats, ...sample(switches, 3)]) {
      await expectSafe(args, options, WIDE);
    }
  });

  test('prints nothing that acts, whatever the text', async () => {
    const { formats, switches } = await argumentsOf(name);
    await fc.assert(
      fc.asyncProperty(
        hostileText,
        fc.constantFrom(...formats, ...switches),
        async (text, options) => {
          const hostile = makeHostileRoot(text);
          await expectSafe([name, ...(await operandsOf(name, hostile))], options);
        },
      ),
      runs(100, 3),
    );
  });

  test('prints nothing that acts in its errors', async () => {
    const { registeredArguments, options } = await commandOf(name);
    const hostile = fileNameOf(ALL_HOSTILE);
    const operands = registeredArguments.map(() => hostile);
    await expectSafe([name, ...operands], []);
    for (const { long } of sample(
      options.filter(({ flags }) => /[<[]/.test(flags)),
      4,
    )) {
      await expectSafe([name, ...operands], [`${long}=${ALL_HOSTILE.replaceAll('\0', '')}`]);
    }
  });
});

test('every event is shown without anything that acts', async () => {
  const { conversation } = makeHostileRoot(ALL_HOSTILE);
  for (let index = 0; index <= 10; index++)
    await expectSafe(['show', conversation, `${index}`], []);
});

test('what each command prints does hold foreign text', async () => {
  const hostile = makeHostileRoot('an ordinary word');
  for (const [name] of COMMANDS) {
    if (['count', 'where', 'completion', 'cache', '__manual', '__complete'].includes(name))
      continue;
    const { code, stdout, stderr } = await cli([name, ...(await operandsOf(name, hostile))]);
    expect([name, code === 0 || code === 1, stderr]).toEqual([
      name,
      true,
      expect.not.stringMatching(/internal/),
    ]);
    expect([name, stdout]).toEqual([name, expect.stringMatching(/ordinary/)]);
  }
});
