import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { eventPath, messageEvent, temporaryFolder } from '../helpers/conversation.ts';
import { stampAt } from '../helpers/memory.ts';
import { addSubagent, makePriced } from '../helpers/subagents.ts';
import { runs } from '../helpers/sweep.ts';

/** A tree: for each conversation its parent, and the time (s) and text of each of its events. */
const TREE = fc.array(
  fc.record({
    parent: fc.nat({ max: 4 }),
    events: fc.array(
      fc.record({ time: fc.nat({ max: 9 }), text: fc.constantFrom('left', 'right', 'both') }),
      { maxLength: 6 },
    ),
  }),
  { minLength: 1, maxLength: 5 },
);

interface Line {
  readonly timestamp: string;
  readonly _meta: { readonly conversation: string; readonly index: number };
}

function makeTree(tree: readonly { parent: number; events: { time: number; text: string }[] }[]) {
  const paths: string[] = [];
  for (const [at, { parent, events }] of tree.entries()) {
    // The same event ids are in every conversation.
    const list = events.map(({ time, text }, index) => ({
      ...messageEvent(index, text),
      timestamp: stampAt(time * 1_000_000),
    }));
    const id = `${at + 1}`.padStart(32, 'a');
    const above = paths[parent % Math.max(1, paths.length)];
    paths.push(
      above === undefined
        ? makePriced(list, {}, id, temporaryFolder())
        : addSubagent(above, list, {}, id),
    );
  }
  return paths;
}

async function linesOf(...args: string[]): Promise<{ lines: Line[]; next: string | undefined }> {
  const { code, stdout, stderr } = await cli(['search', ...args, '-o', 'ndjson', '--meta']);
  expect([0, 1]).toContain(code);
  const lines = stdout.split('\n').filter(Boolean);
  return {
    lines: lines.map((line) => JSON.parse(line) as Line),
    next: /--page (\S+)/.exec(stderr)?.[1],
  };
}

const placeOf = ({ _meta: { conversation, index } }: Line) => `${conversation} ${index}`;

test('a search with subagents finds what the searches of each conversation find', async () => {
  const options = fc.record({
    text: fc.constantFrom('left', 'b', ''),
    order: fc.constantFrom('asc', 'desc'),
    limit: fc.integer({ min: 1, max: 4 }),
    branch: fc.constantFrom(undefined, 'active', 'all'),
  });
  await fc.assert(
    fc.asyncProperty(TREE, options, async (tree, { text, order, limit, branch }) => {
      const paths = makeTree(tree);
      const asked = [
        ...(text ? ['-t', text] : []),
        ...['--sort', order],
        ...(branch ? ['--branch', branch] : []),
      ];
      const each = await Promise.all(paths.map((path) => linesOf(path, ...asked)));
      const union = each.flatMap(({ lines }) => lines.map(placeOf)).sort();
      const [root = ''] = paths;
      const { lines } = await linesOf(root, '--subagents', ...asked);
      expect(lines.map(placeOf).sort()).toEqual(union);
      const times = lines.map(({ timestamp }) => timestamp);
      const sorted = [...times].sort();
      expect(times).toEqual(order === 'asc' ? sorted : sorted.reverse());

      const filters = [...(text ? ['-t', text] : []), ...(branch ? ['--branch', branch] : [])];
      const { stdout } = await cli(['count', root, '--subagents', '-q', ...filters]);
      expect(Number(stdout)).toBe(union.length);

      const walked: string[] = [];
      let page: string | undefined = '';
      while (page !== undefined) {
        const begin: string[] = page ? ['--page', page] : [];
        const args = [root, '--subagents', ...asked, '-n', String(limit), ...begin];
        const result = await linesOf(...args);
        walked.push(...result.lines.map(placeOf));
        page = result.next;
      }
      expect(walked).toEqual(lines.map(placeOf));
    }),
    runs(60, 12),
  );
}, 300_000);

test('an event that cannot be read is named with its conversation, whichever that is', async () => {
  const [root = '', child = ''] = makeTree([
    { parent: 0, events: [{ time: 1, text: 'left' }] },
    { parent: 0, events: [{ time: 2, text: 'left' }] },
  ]);
  writeFileSync(eventPath(child, 0), '[]');
  const { code, stdout, stderr } = await cli(['search', root, 'left', '--subagents', '--json']);
  expect(code).toBe(3);
  const file = join('subagents', `${'a'.repeat(31)}2`, 'events');
  expect(stderr).toContain(`skipped ${file}/event-00000-`);
  expect(JSON.parse(stdout).skipped).toMatchObject([
    { file: expect.stringContaining(file), code: 'not-an-object' },
  ]);
});
