import {
  cpSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { discover } from '../../src/locating/discover.ts';
import { subagentsOf } from '../../src/locating/subagents.ts';
import { conversationAt } from '../../src/storage/conversation-folder.ts';
import { cli } from '../helpers/cli.ts';
import { makeConversation, temporaryFolder } from '../helpers/conversation.ts';
import { addSubagent, CHILD, GRANDCHILD, makeFamily, PARENT } from '../helpers/subagents.ts';
import { runs } from '../helpers/sweep.ts';

const find = (path: string) => subagentsOf(conversationAt(path)!);
const waysIn = (path: string) => find(path).folders.map(({ way }) => way);
const messagesIn = (path: string) => find(path).problems.map(({ message }) => message);

describe('the subagents of a conversation', () => {
  test('are found at any depth, parents first, siblings by name', () => {
    const { parent, child } = makeFamily();
    addSubagent(child, 1, {}, GRANDCHILD);
    addSubagent(parent, 1, {}, '11110000000040008000000000000004');
    const { folders, problems } = find(parent);
    expect(folders.map(({ way, depth, parent: { id } }) => [way, depth, id])).toEqual([
      ['subagents/11110000000040008000000000000004', 1, PARENT],
      [`subagents/${CHILD}`, 1, PARENT],
      [`subagents/${CHILD}/subagents/${GRANDCHILD}`, 2, CHILD],
    ]);
    expect(problems).toEqual([]);
  });

  test('there are none without a folder, with an empty one, or with a file in its place', () => {
    const parent = makeConversation(1);
    const none = { folders: [], problems: [] };
    expect(find(parent)).toEqual(none);
    mkdirSync(join(parent, 'subagents'));
    expect(find(parent)).toEqual(none);
    rmSync(join(parent, 'subagents'), { recursive: true });
    writeFileSync(join(parent, 'subagents'), '');
    expect(find(parent)).toEqual(none);
  });

  test('other folders and files are ignored; a folder that is named like one is reported', () => {
    const { parent } = makeFamily();
    mkdirSync(join(parent, 'subagents/notes'));
    writeFileSync(join(parent, 'subagents/x.json'), '{}');
    mkdirSync(join(parent, 'subagents', GRANDCHILD));
    expect(waysIn(parent)).toEqual([`subagents/${CHILD}`]);
    expect(messagesIn(parent)).toEqual([expect.stringContaining('not a conversation')]);
  });

  test('a link back to the conversation, or to one that is listed, is not followed', () => {
    const { parent, child } = makeFamily();
    symlinkSync(parent, join(parent, 'subagents/again'));
    symlinkSync('../../..', join(child, 'up'));
    symlinkSync(child, join(parent, 'subagents/0first'));
    mkdirSync(join(child, 'subagents'));
    symlinkSync('../../..', join(child, 'subagents/round'));
    const { folders, problems } = find(parent);
    expect(folders.map(({ way }) => way)).toEqual([`subagents/${CHILD}`]);
    expect(problems.map(({ isMissing }) => isMissing)).toEqual([false, false, false]);
  });

  test('a folder of subagents that is a link to the conversation itself ends', () => {
    const parent = makeConversation(2);
    symlinkSync('.', join(parent, 'subagents'));
    const { folders, problems } = find(parent);
    expect(folders).toEqual([]);
    expect(problems.filter(({ isMissing }) => isMissing)).toEqual([]);
  });

  test('a link within the conversation is followed, and one that leads out of it is reported', () => {
    const { parent, child } = makeFamily();
    const elsewhere = makeConversation(1, GRANDCHILD);
    renameSync(child, join(parent, 'moved'));
    symlinkSync('../moved', child);
    symlinkSync(elsewhere, join(parent, 'subagents', GRANDCHILD));
    symlinkSync('nowhere', join(parent, 'subagents/dangling'));
    expect(waysIn(parent)).toEqual([`subagents/${CHILD}`]);
    expect(messagesIn(parent).sort()).toEqual([
      'a link to a missing folder',
      'a link to a target outside the conversation, not followed',
    ]);
    const other = makeConversation(1, 'bbbb0000000040008000000000000009');
    symlinkSync(join(parent, 'subagents'), join(other, 'subagents'));
    expect(waysIn(other)).toEqual([]);
    expect(messagesIn(other)).toEqual([
      'a link to a target outside the conversation, not followed',
    ]);
  });

  test('one that cannot be opened is reported, and the others are found', () => {
    const { parent } = makeFamily();
    const broken = addSubagent(parent, 0, {}, GRANDCHILD);
    rmSync(join(broken, 'events'), { recursive: true });
    symlinkSync('/etc', join(broken, 'events'));
    expect(waysIn(parent)).toEqual([`subagents/${CHILD}`]);
    expect(find(parent).problems).toMatchObject([
      { way: `subagents/${GRANDCHILD}`, isMissing: true, depth: 1 },
    ]);
  });

  test('verify finds every one of them, in any tree', () => {
    const tree = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(tree, (parents) => {
        const root = makeConversation(1, PARENT);
        const paths = [root];
        for (const [at, parent] of parents.entries()) {
          const id = `${at}`.padStart(32, '0');
          paths.push(addSubagent(paths[parent % paths.length]!, 0, {}, id));
        }
        const found = find(root).folders.map(({ folder }) => realpathSync(folder.path));
        const verified = discover(root, () => {}).map(({ path }) => realpathSync(path));
        expect([...found].sort()).toEqual([...paths.slice(1)].sort());
        expect([...verified].sort()).toEqual([...paths].sort());
      }),
      runs(60, 15),
    );
  });
});

describe('an id of a subagent', () => {
  const count = (...args: string[]) => cli(['count', ...args, '-q']);

  test('can be used, whole or as a prefix, with dashes or in upper case', async () => {
    const root = temporaryFolder();
    const { child } = makeFamily(root);
    addSubagent(child, 2, {}, GRANDCHILD);
    const dashed = CHILD.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    for (const id of [CHILD, dashed, CHILD.toUpperCase(), '5ab0', '5ab00000']) {
      expect(await count(id, '--root', root)).toMatchObject({ code: 0, stdout: '4\n' });
    }
    expect(await count('7cd0', '--root', root)).toMatchObject({ code: 0, stdout: '2\n' });
    for (const command of ['show', 'stats', 'calls', 'tree', 'search', 'tail', 'export', 'seal']) {
      expect(await cli([command, '5ab0', '--root', root, '-q'])).toMatchObject({
        code: command === 'calls' ? 1 : 0,
      });
    }
    const both = await cli(['diff', '5ab0', PARENT, '--root', root, '-q', '--json']);
    expect(JSON.parse(both.stdout).a.conversation).toEqual({ id: CHILD, path: child });
  });

  test('that matches several conversations lists each with its place', async () => {
    const root = temporaryFolder();
    const { child } = makeFamily(root);
    const other = makeConversation(1, '5ab0ffff000040008000000000000005', root);
    expect(await count('5ab0', '--root', root)).toMatchObject({
      code: 2,
      stderr: `convoscope: 5ab0: 2 conversations match: ${other}, ${child}\n`,
    });
    expect(await count('5ab00', '--root', root)).toMatchObject({ code: 0, stdout: '4\n' });
    // The same id in two conversations.
    const copy = makeConversation(1, 'cccc0000000040008000000000000006', root);
    cpSync(child, join(copy, 'subagents', CHILD), { recursive: true });
    const { code, stderr } = await count(CHILD, '--root', root);
    expect(code).toBe(2);
    expect(stderr).toContain(child);
    expect(stderr).toContain(join(copy, 'subagents', CHILD));
  });

  test('means the one directly in a root if a copy of it is there', async () => {
    const root = temporaryFolder();
    const { child } = makeFamily(root);
    makeConversation(9, basename(child), root);
    expect(await count(CHILD, '--root', root)).toMatchObject({ code: 0, stdout: '9\n' });
  });

  test('that nothing has is reported with what could not be looked at', async () => {
    const root = temporaryFolder();
    const { parent } = makeFamily(root);
    symlinkSync('/etc', join(parent, 'subagents', GRANDCHILD));
    const { code, stderr } = await count('7cd0', '--root', root);
    expect(code).toBe(2);
    expect(stderr).toContain('a link to a target outside the conversation, not followed');
    expect(stderr).toContain('no conversation with that id');
  });

  test('is completed', async () => {
    const root = temporaryFolder();
    makeFamily(root);
    const { stdout } = await cli(['__complete', '--', 'convoscope', 'show', '--root', root, '5ab']);
    expect(stdout).toMatch(new RegExp(`^${CHILD}\\t`, 'm'));
  });
});
