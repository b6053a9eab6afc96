/*
 * The walls between the rooms of src: `npx depcruise src` checks them, as part of `npm run check`.
 *
 * Version 17 is the last one that runs on Node 20. TypeScript 7 has no compiler API in JavaScript,
 * which dependency-cruiser needs for its own TypeScript parser; hence its swc parser. That parser
 * sees type-only imports too, but does not mark them as such; no rule here needs the difference.
 */

const BASE = ['domain', 'text', 'time'];
const DISK = ['storage', ...BASE];
const READING = ['reading', 'index', 'kernel', ...DISK];
const HISTORY = ['history', 'query', ...BASE];
const CORE = [
  ...new Set(['following', 'locating', 'verification', 'redaction', ...READING, ...HISTORY]),
];
const USE_CASES = ['use-cases', ...CORE];
const COMMAND_LINE = ['command-line', 'report', ...USE_CASES];

/**
 * What each room may import: other rooms, packages and modules of Node. A file may always import its
 * neighbours in the same room.
 */
const ROOMS = {
  // node:vm bounds the time of regular expressions.
  text: { rooms: [], packages: ['node:vm'] },
  time: { rooms: [], packages: [] },
  domain: { rooms: ['text', 'time'], packages: [] },
  storage: {
    rooms: BASE,
    packages: ['node:buffer', 'node:crypto', 'node:fs', 'node:path', 'node:timers/promises', 'zod'],
  },
  kernel: { rooms: BASE, packages: [] },
  index: { rooms: DISK, packages: ['node:crypto', 'node:fs', 'node:path'] },
  reading: {
    rooms: ['index', 'kernel', ...DISK],
    packages: [
      'node:fs',
      'node:os',
      'node:path',
      'node:timers/promises',
      'node:worker_threads',
      'p-limit',
    ],
  },
  locating: { rooms: DISK, packages: ['node:fs', 'node:os', 'node:path', 'fast-glob'] },
  following: { rooms: READING, packages: ['node:fs', 'node:path', 'node:timers/promises'] },
  query: { rooms: BASE, packages: [] },
  verification: { rooms: BASE, packages: ['zod'] },
  history: { rooms: ['query', ...BASE], packages: ['node:crypto', 'node:util', 'diff'] },
  redaction: { rooms: ['domain', 'text'], packages: [] },
  'use-cases': { rooms: CORE, packages: ['node:path'] },
  // Pure: it gets values and returns text, so it must not reach node:fs or storage.
  report: {
    rooms: ['verification', ...HISTORY],
    files: ['package.json'],
    packages: [
      'node:crypto',
      'node:os',
      'node:path',
      'node:url',
      'chalk',
      'cli-table3',
      'markdown-it',
      'string-width',
      'wrap-ansi',
      'zod',
    ],
  },
  'command-line': {
    rooms: ['report', ...USE_CASES],
    packages: [
      'node:child_process',
      'node:events',
      'node:fs',
      'node:path',
      'node:stream',
      'node:stream/promises',
      'node:tty',
      'commander',
      'env-paths',
      'fastest-levenshtein',
      'supports-hyperlinks',
    ],
  },
  commands: { rooms: COMMAND_LINE, packages: ['node:path', 'node:util', 'commander'] },
};

/** What each file directly in src may import: rooms, files named from the root, and packages. */
const ENTRIES = {
  'no-child-process.ts': { rooms: [], packages: [] },
  // It loads the bundle, so it must not import any of it.
  'start.ts': {
    rooms: [],
    files: ['package.json'],
    packages: ['node:fs', 'node:module', 'node:path', 'node:vm'],
  },
  'cli.ts': { rooms: ['command-line'], files: ['src/program.ts'], packages: [] },
  'program.ts': {
    rooms: ['commands', 'command-line', 'report', 'domain'],
    files: ['package.json'],
    packages: ['commander'],
  },
  'worker.ts': { rooms: ['use-cases', 'reading'], packages: ['node:worker_threads'] },
  // The public API knows nothing of the command line.
  'api.ts': { rooms: USE_CASES, packages: ['node:path', 'node:url'] },
};

const literally = (text) => text.replaceAll(/[.+/]/g, '\\$&');
const oneOf = (names) => `(?:${names.map(literally).join('|')})`;

/** How dependency-cruiser names modules of Node (`fs`) and of packages (a path in node_modules). */
const pathOfPackage = (name) =>
  name.startsWith('node:')
    ? `^${literally(name.slice('node:'.length))}$`
    : `(?:^|/)node_modules/${literally(name)}/`;

/** The rule that files at `from` import nothing but what is listed. */
const wall = (name, from, { rooms, files = [], packages }) => ({
  name,
  comment: `May import only: ${[...rooms, ...files, ...packages].join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: from },
  to: {
    couldNotResolve: false, // else no-unresolved reports it
    pathNot: [
      ...rooms.map((room) => `^src/${room}/`),
      ...files.map((file) => `^${literally(file)}$`),
      ...packages.map(pathOfPackage),
    ],
  },
});

const ROOM_WALLS = Object.entries(ROOMS).map(([room, { rooms, ...others }]) =>
  wall(`room-${room}`, `^src/${room}/`, { ...others, rooms: [room, ...rooms] }),
);

const ENTRY_WALLS = Object.entries(ENTRIES).map(([file, allowed]) =>
  wall(`entry-${file.replace('.ts', '')}`, `^src/${literally(file)}$`, allowed),
);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Files that import each other, if only for types, can only be understood together.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      comment: 'A wall cannot be checked against a module that was not found.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'unlisted-file',
      comment: 'A new room or entry gets its line in .dependency-cruiser.js first.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [`^src/${oneOf(Object.keys(ROOMS))}/`, `^src/${oneOf(Object.keys(ENTRIES))}$`],
      },
      to: {},
    },
    ...ROOM_WALLS,
    ...ENTRY_WALLS,
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
    // Loads a module of Node only when it is needed; an import all the same.
    exoticRequireStrings: ['process.getBuiltinModule'],
  },
};
