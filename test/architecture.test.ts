import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './helpers/cli.ts';

/** Who may know whom. Data flows one way, and each outside package has one home. */
const MAY_IMPORT: Record<string, { rooms: string[]; packages: string[] }> = {
  model: { rooms: [], packages: [] },
  conversation: {
    rooms: ['model'],
    packages: [
      'node:buffer',
      'node:crypto',
      'node:fs',
      'node:os',
      'node:path',
      'node:stream',
      'node:stream/promises',
      'node:timers/promises',
      'node:worker_threads',
      'node:zlib',
      'fast-glob',
      'p-limit',
      'write-file-atomic',
      'zod',
    ],
  },
  query: { rooms: ['model'], packages: ['node:vm'] }, // node:vm interrupts regular expressions
  verification: { rooms: ['model'], packages: ['zod'] },
  // What views of a whole conversation are made of.
  history: { rooms: ['model', 'query'], packages: ['node:crypto', 'node:util', 'diff'] },
  redaction: { rooms: ['model'], packages: [] },
  report: {
    rooms: ['model', 'query', 'verification', 'history'],
    packages: [
      'node:crypto',
      'node:os',
      'node:path',
      'node:url',
      'chalk',
      'cli-table3',
      'string-width',
      'wrap-ansi',
      'zod',
    ],
  },
  commands: {
    rooms: ['model', 'conversation', 'query', 'verification', 'history', 'redaction', 'report'],
    packages: [
      'node:events',
      'node:path',
      'node:util',
      'commander',
      'env-paths',
      'fastest-levenshtein',
      'supports-hyperlinks',
    ],
  },
  // The entries: one loads the bundle, one starts the commands and tells of errors, one is what
  // helpers run.
  '.': {
    rooms: ['commands', 'conversation', 'model', 'report'],
    packages: [
      'node:fs',
      'node:module',
      'node:path',
      'node:url',
      'node:vm',
      'node:worker_threads',
      'commander',
    ],
  },
};

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*'([^'\n]+)'/g;

/** Imports of a source file that its room must not have. */
function trespasses(file: string, source: string): string[] {
  const room = roomOf(file);
  const allowed = MAY_IMPORT[room];
  return [...source.matchAll(IMPORT)]
    .map((match) => match[1] as string)
    .filter((specifier) => {
      if (!specifier.startsWith('.')) return !allowed?.packages.includes(specifier);
      const target = roomOf(posix.join(posix.dirname(file), specifier));
      return target !== room && !allowed?.rooms.includes(target);
    });
}

function roomOf(file: string): string {
  const [, room = '', rest] = file.split('/');
  return rest === undefined ? '.' : room;
}

const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => posix.join('src', name));

test.each(files)('%s keeps to its room', (file) => {
  expect(trespasses(file, readFileSync(join(ROOT, file), 'utf8'))).toEqual([]);
});

test.each([
  ['src/query/a.ts', "import { readFileSync } from 'node:fs';"],
  ['src/query/a.ts', "import { list } from '../conversation/listing.ts';"],
  ['src/model/a.ts', "import type { Zone } from '../query/filter.ts';"],
  ['src/verification/rules/a.ts', "import { visible } from '../../report/sanitize.ts';"],
  ['src/report/a.ts', "import chalk from 'fs';"],
  ['src/report/events/a.ts', "const log = await import('../../conversation/log.ts');"],
  ['src/commands/a.ts', "import chalk from 'chalk';"],
  ['src/conversation/a.ts', "export { search } from '../query/search.ts';"],
])('a broken wall is seen: %s, %s', (file, source) => {
  expect(trespasses(file, source)).toHaveLength(1);
});

test('the core never prints', () => {
  const printing = files
    .filter((file) => !file.startsWith('src/commands/') && file !== 'src/cli.ts')
    .filter((file) => /\bconsole\b|process\.std/.test(readFileSync(join(ROOT, file), 'utf8')));
  expect(printing).toEqual([]);
});
