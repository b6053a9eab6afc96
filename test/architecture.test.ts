import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { ICruiseResult } from 'dependency-cruiser';
import { afterAll, describe, expect, test } from 'vitest';
import { ROOT } from './helpers/cli.ts';

/*
 * `npm run check` holds the walls between the rooms of src, with dependency-cruiser and Biome. The
 * first two blocks show that each wall can fail: they check made-up projects with the same
 * configuration. The last block holds the sizes that neither tool counts.
 */

const MAX_LINES_PER_FILE = 300;
/** Data that fixtures/generate makes, which nobody edits. */
const GENERATED_FILES: ReadonlySet<string> = new Set(['sdk-schemas.json']);
const MAX_FILES_PER_FOLDER = 16;
/** One small file per rule of verify: a list, however long it gets. */
const UNLIMITED_FOLDER = 'src/verification/rules';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Makes a project of these files, with the configuration of this one. */
function makeProject(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'convoscope-architecture-'));
  folders.push(folder);
  for (const name of ['.dependency-cruiser.js', 'biome.json', '.biome', 'package.json']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const [name, source] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), source);
  }
  return folder;
}

/** Runs the program of a package in a folder, and returns what it prints. */
function runTool(program: string, args: string[], folder: string): string {
  const command = [join(ROOT, 'node_modules', program), ...args];
  const { stdout } = spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8' });
  return stdout;
}

describe('walls between rooms', () => {
  const STUB = 'export type T = 1;\n';
  const ROOMS = ['domain', 'storage', 'query', 'report', 'command-line', 'commands'];
  const stubs = Object.fromEntries(ROOMS.map((room) => [`src/${room}/stub.ts`, STUB]));

  /** File, what it contains, and the wall that it breaks. */
  const VIOLATIONS: [string, string, string][] = [
    ['src/text/a.ts', "import type { T } from '../domain/stub.ts';", 'room-text'],
    ['src/time/a.ts', "import { tmpdir } from 'node:os';", 'room-time'],
    ['src/domain/a.ts', "export { T } from '../storage/stub.ts';", 'room-domain'],
    ['src/storage/a.ts', "export * from '../query/stub.ts';", 'room-storage'],
    ['src/kernel/a.ts', "import '../storage/stub.ts';", 'room-kernel'],
    ['src/index/a.ts', "import { tmpdir } from 'node:os';", 'room-index'],
    ['src/reading/a.ts', "import glob from 'fast-glob';", 'room-reading'],
    ['src/reading/b.ts', "process.getBuiltinModule('node:http');", 'room-reading'],
    ['src/locating/a.ts', "const { T } = await import('../query/stub.ts');", 'room-locating'],
    ['src/following/a.ts', "import '../query/stub.ts';", 'room-following'],
    ['src/query/a.ts', "import { readFileSync } from 'node:fs';", 'room-query'],
    ['src/query/b.ts', "import { readFileSync } from 'fs';", 'room-query'],
    ['src/verification/a.ts', "import '../storage/stub.ts';", 'room-verification'],
    ['src/verification/rules/a.ts', "import '../../report/stub.ts';", 'room-verification'],
    ['src/history/a.ts', "import '../report/stub.ts';", 'room-history'],
    ['src/redaction/a.ts', "import { z } from 'zod';", 'room-redaction'],
    ['src/use-cases/a.ts', "import '../command-line/stub.ts';", 'room-use-cases'],
    ['src/report/a.ts', "import { readFile } from 'node:fs/promises';", 'room-report'],
    ['src/report/events/a.ts', "import '../../storage/stub.ts';", 'room-report'],
    ['src/command-line/a.ts', "import '../commands/stub.ts';", 'room-command-line'],
    ['src/commands/a.ts', "import chalk from 'chalk';", 'room-commands'],
    ['src/commands/b.ts', "import { version } from '../../package.json';", 'room-commands'],
    ['src/commands/c.ts', "import '../cli.ts';", 'room-commands'],
    ['src/cli.ts', "import './storage/stub.ts';", 'entry-cli'],
    ['src/no-child-process.ts', "import './domain/stub.ts';", 'entry-no-child-process'],
    ['src/start.ts', "import './domain/stub.ts';", 'entry-start'],
    ['src/program.ts', "import './storage/stub.ts';", 'entry-program'],
    ['src/worker.ts', "import './commands/stub.ts';", 'entry-worker'],
    ['src/api.ts', "import './report/stub.ts';", 'entry-api'],
    ['src/new-room/a.ts', "import '../domain/stub.ts';", 'unlisted-file'],
    ['src/new-entry.ts', "import './domain/stub.ts';", 'unlisted-file'],
    ['src/query/cycle.ts', "import type { T } from './other.ts';", 'no-cycle'],
    ['src/domain/b.ts', "import 'no-such-package';", 'no-unresolved'],
  ];

  const ALLOWED = {
    'src/query/other.ts': "export type { T } from './cycle.ts';",
    'src/commands/ok.ts': "import '../command-line/stub.ts'; import { Command } from 'commander';",
    'src/storage/ok.ts': "import '../domain/stub.ts'; import { readFileSync } from 'node:fs';",
    'src/report/ok.ts': "import '../query/stub.ts'; const { Chalk } = await import('chalk');",
  };

  const folder = makeProject({
    ...stubs,
    ...ALLOWED,
    ...Object.fromEntries(VIOLATIONS.map(([file, source]) => [file, source])),
  });
  const program = 'dependency-cruiser/bin/dependency-cruise.mjs';
  const result: ICruiseResult = JSON.parse(runTool(program, ['src', '-T', 'json'], folder));
  const found = result.summary.violations.map(({ from, rule }) => [from, rule.name]);

  test.each(VIOLATIONS)('%s, %s: breaks %s', (file, _, wall) => {
    expect(found).toContainEqual([file, wall]);
  });

  test('nothing else is found', () => {
    expect(found).toHaveLength(VIOLATIONS.length);
  });

  test('every room and every entry is shown to have a wall', () => {
    const walls = (result.summary.ruleSetUsed?.forbidden ?? []).map(({ name }) => name);
    const shown = VIOLATIONS.map(([, , wall]) => wall);
    expect(walls.filter((name) => !shown.includes(name as string))).toEqual([]);
  });
});

describe('lint rules for src', () => {
  const longFunction = (lines: number) =>
    `export function long(f: () => void) {\n${'  f();\n'.repeat(lines - 2)}}\n`;

  /** File, what it contains, and the rule that it breaks, if any. */
  const SOURCES: [string, string, string | undefined][] = [
    ['src/query/a.ts', longFunction(61), 'lint/complexity/noExcessiveLinesPerFunction'],
    ['src/query/b.ts', longFunction(60), undefined],
    ['src/query/c.ts', "console.log('text');\n", 'lint/suspicious/noConsole'],
    ['src/report/a.ts', "process.stdout.write('text');\n", 'plugin'],
    ['src/domain/a.ts', 'export const most = (all: number[]) => Math.max(0, ...all);\n', 'plugin'],
    ['src/domain/b.ts', 'export const least = (all: number[]) => Math.min(...all);\n', 'plugin'],
    [
      'src/domain/c.ts',
      'export const add = (to: object[], all: object[]) => to.push(...all);\n',
      'plugin',
    ],
    [
      'src/domain/d.ts',
      'export const add = (to: object[], one: object) => to.push(one);\n',
      undefined,
    ],
    ['src/commands/a.ts', 'export const { isTTY } = process.stderr;\n', 'plugin'],
    ['src/command-line/a.ts', "process.stdout.write('text');\n", undefined],
    ['src/cli.ts', "process.stderr.write('text');\n", undefined],
  ];

  interface Report {
    diagnostics: { category: string; location: { path: string } }[];
  }

  const folder = makeProject(Object.fromEntries(SOURCES.map(([file, source]) => [file, source])));
  const args = ['lint', '--reporter=json', 'src'];
  const report: Report = JSON.parse(runTool('@biomejs/biome/bin/biome', args, folder));

  test.each(SOURCES)('%s, %j: %s', (file, _, rule) => {
    const found = report.diagnostics.filter(({ location }) => location.path === file);
    expect(found.map(({ category }) => category)).toEqual(rule ? [rule] : []);
  });
});

describe('sizes', () => {
  const entries = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !GENERATED_FILES.has(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));

  /** Files with more lines than allowed. */
  const tooLong = (names: readonly string[], read: (name: string) => string) =>
    names.filter((name) => read(name).trimEnd().split('\n').length > MAX_LINES_PER_FILE);

  /** Folders with more files than allowed. */
  const tooFull = (names: readonly string[]) =>
    [...new Set(names.map((name) => dirname(name)))].filter((folder) => {
      const count = names.filter((name) => dirname(name) === folder).length;
      return count > MAX_FILES_PER_FOLDER && folder !== UNLIMITED_FOLDER;
    });

  test(`no file in src has more than ${MAX_LINES_PER_FILE} lines`, () => {
    expect(tooLong(files, (name) => readFileSync(join(ROOT, name), 'utf8'))).toEqual([]);
  });

  test(`no folder in src has more than ${MAX_FILES_PER_FOLDER} files`, () => {
    expect(tooFull(files)).toEqual([]);
  });

  test('a file that is too long is found, and a folder that is too full', () => {
    const lines = (count: number) => 'line\n'.repeat(count);
    expect(tooLong(['a', 'b'], (name) => lines(name === 'a' ? 300 : 301))).toEqual(['b']);
    const inFolder = (folder: string, count: number) =>
      Array.from({ length: count }, (_, i) => `${folder}/${i}.ts`);
    expect(
      tooFull([
        ...inFolder('src/a', 16),
        ...inFolder('src/b', 17),
        ...inFolder('src/verification/rules', 40),
      ]),
    ).toEqual(['src/b']);
  });
});

describe('CONTRIBUTING.md', () => {
  const page = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
  const links = [...page.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] as string);

  test('its links lead to files', () => {
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((link) => !existsSync(join(ROOT, link)))).toEqual([]);
  });

  test('it lists every room', () => {
    const rooms = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `src/${name}`);
    expect(links).toEqual(expect.arrayContaining(rooms));
  });
});
