import { expect, test } from 'vitest';
import { cleanEnv, cli } from '../helpers/cli.ts';
import { makeCompletionRoot, ONE, TWO } from '../helpers/completion-root.ts';
import { makeConversation, temporaryFolder } from '../helpers/conversation.ts';
import { makeStory } from '../helpers/story.ts';

/** What the scripts get: what the shell is to add, and the candidates. */
async function candidates(...words: string[]): Promise<{ paths: string; values: string[] }> {
  const root = makeCompletionRoot();
  const env = cleanEnv({ OPENHANDS_CONVERSATIONS_DIR: root });
  const args = ['__complete', '--', 'convoscope', ...words.map((word) => word.replace('@', root))];
  const { code, stdout, stderr } = await cli(args, { env });
  expect([code, stderr]).toEqual([0, '']);
  const [paths = '', ...lines] = stdout.trimEnd().split('\n');
  return { paths, values: lines.map((line) => line.split('\t')[0]!) };
}

test.each([
  [['c'], 'none', ['calls', 'count', 'cache', 'completion']],
  [['--v'], 'none', ['--version']],
  [['search', ''], 'folders', [TWO, ONE, '@latest']],
  [['search', '1111111'], 'folders', [ONE]],
  [['search', '--root', '@', '1111222'], 'folders', [TWO]],
  [['search', '--root', '/nowhere', '1'], 'folders', []],
  [['search', '1111', 'x'], 'none', []],
  [['verify', ONE, '11112'], 'folders', [TWO]],
  [['search', '-k', 'acti'], 'none', ['action']],
  [['search', '-k', 'action,m'], 'none', ['action,message']],
  [['search', '-qk', 'hoo'], 'none', ['hook']],
  [['search', '--source=us'], 'none', ['--source=user']],
  [['search', '-o', ''], 'none', ['text', 'table', 'json', 'ndjson', 'paths']],
  [['search', '-o', 'nonsense', ''], 'none', []],
  [['count', '--by', 't'], 'none', ['tool']],
  [['count', '--ro'], 'none', ['--root']],
  [['count', '--', '--ro'], 'folders', []],
  [['count', '--root', ''], 'folders', []],
  [['verify', '--manifest', ''], 'files', []],
  [['verify', '--explain', 'index'], 'none', ['index-gap']],
  [['verify', '--only', 'index-gap,trunc'], 'none', ['index-gap,truncated-json']],
  [['verify', '--severity', 'index-gap=w'], 'none', ['index-gap=warning']],
  [['tail', '--tz', 'Europe/Berl'], 'none', ['Europe/Berlin']],
  [['help', 'ver'], 'none', ['verify']],
  [['completion', ''], 'none', ['bash', 'zsh', 'fish']],
  [['verify', '--report', 's'], 'open', ['sarif=']],
  [['verify', '--report=git'], 'open', ['--report=github=']],
  [['verify', '--report', 'junit=r'], 'files\tjunit=', []],
  [['verify', '--report=junit=r'], 'files\t--report=junit=', []],
  [['verify', '--manifest='], 'files\t--manifest=', []],
  [['verify', '--min-severity', ''], 'none', ['error', 'warning', 'info']],
  [['verify', '--fail-on', 'n'], 'none', ['not-resumable']],
  [['verify', '--sdk', 'a'], 'none', ['all']],
  [['verify', '--sdk', '1.58.'], 'none', ['1.58.2', '1.58.1', '1.58.0']],
  [['stats', '--sort', 'la'], 'none', ['latency', 'latency_asc']],
  [['ls', '--sort', 'st'], 'none', ['started', 'started_asc']],
  [['calls', '--min-duration', '5'], 'none', ['500ms', '5s', '5m']],
  [['ls', '--fields', 'id,last'], 'none', ['id,last_activity']],
  [['stats', '--fields', 'time.m'], 'none', ['time.model_seconds']],
  [['stats', '--steps', '--fields', 'did.'], 'none', ['did.index', 'did.tool', 'did.about']],
  [['tree', '--fields=first.i'], 'none', ['--fields=first.index', '--fields=first.id']],
  [['calls', '--fields', 'argu'], 'none', ['arguments']],
  [['cache', '--fields', 'u'], 'none', ['used_at']],
  [['bogus', ''], 'none', []],
])('%j is completed', async (words, paths, values) => {
  expect(await candidates(...words)).toEqual({ paths, values });
});

test('tools and fields are those of the conversation that is named, or of the latest one', async () => {
  const root = temporaryFolder();
  const story = makeStory();
  makeConversation(1, ONE, root);
  const offered = async (...words: string[]) => {
    const env = cleanEnv({ OPENHANDS_CONVERSATIONS_DIR: root });
    const { stdout } = await cli(['__complete', '--', 'convoscope', ...words], { env });
    return stdout.trimEnd().split('\n');
  };
  expect(await offered('search', story, '--tool', '')).toEqual(['none', 'terminal\t3 events']);
  expect(await offered('count', '--tool', '')).toEqual(['none']); // the latest one has no call
  expect(await offered('search', story, '-w', 'observation.e')).toEqual([
    'open',
    'observation.exit_code',
  ]);
  expect(await offered('count', '--root', root, '--where=llm_message.r')).toEqual([
    'open',
    '--where=llm_message.role',
  ]);
  expect(await offered('search', story, '--fields=id,action.c')).toEqual([
    'none',
    '--fields=id,action.command',
  ]);
  expect(await offered('search', '/nowhere', '--tool', '')).toEqual(['none']);
});

test('a candidate is one line, with a description', async () => {
  const env = cleanEnv({ OPENHANDS_CONVERSATIONS_DIR: makeCompletionRoot() });
  const { stdout } = await cli(['__complete', '--', 'convoscope', 'count', '1'], { env });
  expect(stdout).toBe(`folders\n${TWO}\tFix the \\x1b[31mtests\n${ONE}\tmessage 0\n`);
});

test('a shell without a script is reported in one line', async () => {
  const { code, stderr } = await cli(['completion', 'tcsh']);
  expect([code, stderr]).toEqual([
    2,
    "convoscope: command-argument value 'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish.\n",
  ]);
});
