import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../helpers/cli.ts';
import { temporaryFolder } from '../../helpers/conversation.ts';
import { edited } from '../../helpers/damage.ts';
import { runInProcess } from '../../helpers/in-process.ts';

type Change = Parameters<typeof edited>[1];

const ID = '1628edc99a71515cbf4998a6fa488006';
const EVENTS = {
  prompt: 'event-00001-bf79c134-2f94-5204-b81e-f0dfcffc1bb5.json',
  message: 'event-00002-cbfab86e-3d3b-548d-b5b0-3c5b5eb4fe27.json',
  action: 'event-00003-d9694906-4be4-5276-b953-f7215eca114a.json',
} as const;
/** A conversation with hooks, and the event of one. */
const HOOKED = '1250f01983be54adbc07d41aa7604e64';
const HOOK = 'event-00007-70a1441c-00b2-57a9-977a-91e257e4855b.json';

/** A copy of a conversation that SDK 1.58.2 wrote, with changes to the state or an event. */
function changed(file: keyof typeof EVENTS | 'state', change: Change): string {
  const path = join(temporaryFolder(), ID);
  cpSync(join(ROOT, 'fixtures/conversations/1.58.2', ID), path, { recursive: true });
  const target = join(path, file === 'state' ? 'base_state.json' : `events/${EVENTS[file]}`);
  writeFileSync(target, edited(readFileSync(target, 'utf8'), change));
  return path;
}

async function verified(path: string, ...args: string[]) {
  const { stdout, code } = await runInProcess(['verify', path, '--json', '--assume-idle', ...args]);
  const [conversation] = JSON.parse(stdout).conversations;
  return { ...conversation, code };
}

/** Each was judged by SDK 1.58.2 itself. Null: it resumes. */
const CASES: [name: string, file: keyof typeof EVENTS | 'state', change: Change, string | null][] =
  [
    [
      'a tool class that was removed',
      'prompt',
      { set: { 'tools.0.kind': 'DelegateTool' } },
      'ValidationError',
    ],
    [
      'the action type of no class',
      'prompt',
      { set: { 'tools.0.action_type': 'NoAction' } },
      'ValidationError',
    ],
    [
      'a tool call of OpenAI',
      'action',
      { set: { tool_call: { id: 'c', function: { name: 'x' } } } },
      'ValidationError',
    ],
    ['a tool call without a name', 'action', { unset: ['tool_call.name'] }, 'ValidationError'],
    [
      'a security risk in lower case',
      'action',
      { set: { security_risk: 'low' } },
      'ValidationError',
    ],
    [
      'a removed action class',
      'action',
      { set: { 'action.kind': 'ExecuteBashAction' } },
      'ValidationError',
    ],
    ['an unknown field of an action', 'action', { set: { 'action.mood': 1 } }, 'ValidationError'],
    [
      'a text block of another type',
      'message',
      { set: { 'llm_message.content.0.type': 'prose' } },
      'ValidationError',
    ],
    [
      'a text block with a field that was dropped',
      'message',
      { set: { 'llm_message.content.0.enable_truncation': true } },
      null,
    ],
    ['a flag as a word', 'message', { set: { 'llm_message.content.0.cache_prompt': 'yes' } }, null],
    ['a workspace without a folder', 'state', { unset: ['workspace.working_dir'] }, 'TypeError'],
    ['a working folder that is a number', 'state', { set: { 'workspace.working_dir': 5 } }, null],
    ['tags that are text', 'state', { set: { tags: 'a,b' } }, 'AttributeError'],
    ['a tag in upper case', 'state', { set: { tags: { Upper: 'x' } } }, 'ValidationError'],
    [
      'activated skills that are null',
      'state',
      { set: { activated_knowledge_skills: null } },
      'ValidationError',
    ],
    ['a tool without a name', 'state', { unset: ['agent.tools.0.name'] }, 'ValidationError'],
    [
      'a tool with an empty name',
      'state',
      { set: { 'agent.tools.0.name': ' ' } },
      'ValidationError',
    ],
    ['an LLM without a model', 'state', { unset: ['agent.llm.model'] }, 'ValidationError'],
    ['a model that is a number', 'state', { set: { 'agent.llm.model': 7 } }, 'AttributeError'],
    [
      'a secret registry that is a list',
      'state',
      { set: { secret_registry: [] } },
      'ValidationError',
    ],
    [
      'a default tool that is not built in',
      'state',
      { set: { 'agent.include_default_tools': ['Shell'] } },
      'ValueError',
    ],
    ['head_is_empty as a word', 'state', { set: { head_is_empty: 'off' } }, null],
    ['head_is_empty as text', 'state', { set: { head_is_empty: 'false' } }, null],
    ['max_iterations as text', 'state', { set: { max_iterations: '500' } }, null],
    [
      'max_iterations as text with spaces and an underscore',
      'state',
      { set: { max_iterations: ' 1_00 ' } },
      null,
    ],
    ['max_iterations below one', 'state', { set: { max_iterations: '0' } }, 'ValidationError'],
    [
      'max_iterations with a fraction',
      'state',
      { set: { max_iterations: 1.5 } },
      'ValidationError',
    ],
    [
      'the id as a URN',
      'state',
      { set: { id: 'urn:uuid:1628edc9-9a71-515c-bf49-98a6fa488006' } },
      null,
    ],
    ['the id in braces', 'state', { set: { id: '{1628edc9-9a71-515c-bf49-98a6fa488006}' } }, null],
    [
      'the id as a URN in upper case',
      'state',
      { set: { id: 'URN:UUID:1628edc9-9a71-515c-bf49-98a6fa488006' } },
      'ValidationError',
    ],
  ];

describe('as SDK 1.58.2 judges', () => {
  test.each(CASES)('%s', async (_, file, change, exception) => {
    const {
      resumes,
      resume_error: error,
      findings,
      code,
      sdk,
    } = await verified(changed(file, change));
    expect({ resumes, exception: error?.exception ?? null, sdk }).toEqual({
      resumes: exception === null ? 'yes' : 'no',
      exception,
      sdk: '1.58.2',
    });
    // A verdict and the exit code never contradict each other.
    const errors = findings.filter(({ severity }: { severity: string }) => severity === 'error');
    expect({ code, hasErrors: errors.length > 0 }).toEqual({
      code: exception === null ? 0 : 1,
      hasErrors: exception !== null,
    });
  });

  test('an agent of another program needs no system prompt', async () => {
    const path = changed('prompt', {
      set: { kind: 'PauseEvent' },
      unset: ['tools', 'system_prompt'],
    });
    expect((await verified(path)).resume_error.exception).toBe('AssertionError');
    const state = join(path, 'base_state.json');
    const acp = { 'agent.kind': 'ACPAgent', 'agent.acp_command': ['claude'] };
    writeFileSync(state, edited(readFileSync(state, 'utf8'), { set: acp }));
    expect((await verified(path)).resumes).toBe('yes');
  });

  test.each([
    ['true', 'yes'],
    ['maybe', 'no'],
  ])('the success of a hook as the text %s', async (success, expected) => {
    const path = join(temporaryFolder(), HOOKED);
    cpSync(join(ROOT, 'fixtures/conversations/1.58.2', HOOKED), path, { recursive: true });
    const target = join(path, 'events', HOOK);
    writeFileSync(target, edited(readFileSync(target, 'utf8'), { set: { success } }));
    const { resumes, resume_error: error } = await verified(path);
    expect([resumes, error?.exception]).toEqual([
      expected,
      expected === 'no' ? 'ValidationError' : undefined,
    ]);
  });

  test("an application's own tools can be resumed by the application", async () => {
    const own = { tool_name: 'weather', 'action.kind': 'WeatherAction' };
    expect((await verified(changed('action', { set: own }))).resumes).toBe('yes');
    const imitated = { 'action.kind': 'WeatherAction' };
    expect((await verified(changed('action', { set: imitated }))).resumes).toBe('no');
  });

  test.each([
    ['a text', { set: { 'llm_message.content.0.text': 'half \ud83d' } }],
    ['a key', { set: { llm_message: { role: 'user', content: [], '\ude00': 1 } } }],
    ['a text of a tool', { set: { sender: '\udfff\ud800' } }],
  ])('half of a surrogate pair in %s of an event', async (_, change) => {
    const { resume_error: error, findings, code } = await verified(changed('message', change));
    expect([error.exception, code]).toEqual(['ValidationError', 1]);
    expect(findings[0].code).toBe('bad-field');
    expect(findings[0].message).toContain('half of a surrogate pair');
  });

  test('half of a surrogate pair in the state, which can be read but not saved again', async () => {
    const path = changed('state', { set: { agent_state: { a: '\ud83d' } } });
    const { resume_error: error, findings, code } = await verified(path);
    expect([error.exception, code]).toEqual(['PydanticSerializationError', 1]);
    expect(findings.map((finding: { code: string }) => finding.code)).toEqual(['not-resumable']);
  });

  test('NaN in the state, which Python reads', async () => {
    const path = changed('state', { set: { max_iterations: 'NOT A NUMBER' } });
    const state = join(path, 'base_state.json');
    const text = readFileSync(state, 'utf8').replace('"NOT A NUMBER"', '5,"agent_state":{"x":NaN}');
    writeFileSync(state, text);
    const { resumes, findings } = await verified(path);
    expect(resumes).toBe('yes');
    expect(findings[0].message).toBe('not valid JSON: NaN, which JSON does not have');
  });
});

describe('--sdk', () => {
  test('judges by one version', async () => {
    const delegate = {
      set: { 'tools.0.kind': 'DelegateTool', 'tools.0.action_type': 'DelegateAction' },
    };
    const path = join(temporaryFolder(), '16d34233b5245de58b82895d5bd98494');
    cpSync(join(ROOT, 'fixtures/conversations/1.17.0/16d34233b5245de58b82895d5bd98494'), path, {
      recursive: true,
    });
    expect(delegate.set['tools.0.kind']).toBe('DelegateTool');
    for (const sdk of ['1.17.0', 'v1.30.0', '1.58.2']) {
      const result = await verified(path, '--sdk', sdk);
      expect([sdk, result.resumes, result.sdk]).toEqual([sdk, 'yes', sdk.replace('v', '')]);
    }
    const { resumes, resume_error: error } = await verified(path, '--sdk', '1.0.0');
    expect([resumes, error.exception]).toEqual(['no', 'ValidationError']);
  });

  test('all: the verdict of the newest version that can, and of every version', async () => {
    const path = changed('state', { set: { max_iterations: 10 } });
    const all = await verified(path, '--sdk', 'all');
    expect([all.resumes, all.sdk, all.code]).toEqual(['yes', '1.58.2', 0]);
    const ranges = all.resumes_by_sdk;
    expect(ranges[0].from).toBe('1.0.0');
    expect(ranges.at(-1)).toEqual({ from: '1.34.0', to: '1.58.2', resumes: 'yes' });
    const { stdout } = await runInProcess(['verify', path, '--sdk', 'all']);
    expect(stdout).toContain('  SDK 1.34.0 to 1.58.2 can resume it\n');
  });

  test('a version that another one can replace has a finding of its own', async () => {
    const path = changed('state', { set: { max_iterations: 10 } });
    const { findings, code } = await verified(path, '--sdk', '1.30.0');
    expect(code).toBe(1);
    expect(findings.map((finding: { code: string }) => finding.code)).toEqual([
      'other-sdk-version',
    ]);
    expect(findings[0].message).toMatch(
      /^SDK 1\.30\.0 cannot resume .*; SDK 1\.34\.0 to 1\.58\.2 can$/,
    );
    const ignored = await verified(path, '--sdk', '1.30.0', '--ignore', 'other-sdk-version');
    expect([ignored.resumes, ignored.code]).toEqual(['no', 0]);
    const text = await runInProcess([
      'verify',
      path,
      '--sdk',
      '1.30.0',
      '--ignore',
      'other-sdk-version',
    ]);
    expect(text.stdout).toMatch(/^Not resumable:\n.*\(ValidationError\)\n/);
  });

  test.each(['9.9.9', '1.58', '', 'newest', '1.58.2 '])(
    '%j is no version: one line',
    async (sdk) => {
      const { code, stdout, stderr } = await runInProcess(['verify', ROOT, '--sdk', sdk]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^convoscope: --sdk [^\n]*the newest one known is 1\.58\.2[^\n]*\n$/);
    },
  );
});
