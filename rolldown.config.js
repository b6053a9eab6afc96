import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'rolldown';
import { pageScript, textFiles, wasmModules } from './.build/imports.js';
import { notices } from './.build/notices.js';

const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url));

const SAMPLE = pathOf('fixtures/conversations/1.58.2/1628edc99a71515cbf4998a6fa488006');
/** Usual commands. The second one writes an index, and those after it use the index. */
const USUAL = [
  ['count', SAMPLE],
  ['count', SAMPLE, '-k', 'action'],
  ['tail', SAMPLE],
  ['search', SAMPLE, 'the', '--json'],
  ['tail', SAMPLE, '-k', 'action', '-o', 'ndjson'],
];

/** Runs usual commands, so that the bundle's code can be kept compiled: see src/start.ts. */
const compile = {
  name: 'compile',
  closeBundle() {
    const cache = mkdtempSync(join(tmpdir(), 'convoscope-build-'));
    const env = { ...process.env, CONVOSCOPE_BUILD_CODE: '1', CONVOSCOPE_CACHE_DIR: cache };
    for (const words of USUAL) {
      const args = [pathOf('bin/convoscope.js'), ...words];
      const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
      if (status !== 0) throw new Error(`the bundle does not run ${words[0]}: ${stderr}`);
    }
    rmSync(cache, { recursive: true });
  },
};

/** Writes the manual page, from what the commands say of themselves. */
const manual = {
  name: 'manual',
  closeBundle() {
    const args = [pathOf('bin/convoscope.js'), '__manual'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`no manual page: ${stderr}`);
    writeFileSync(pathOf('dist/convoscope.1'), stdout);
  },
};

/** Writes other characters as escapes: V8 holds ASCII in half the room, and reads it faster. */
const ascii = {
  name: 'ascii',
  generateBundle(_, chunks) {
    for (const chunk of Object.values(chunks)) {
      chunk.code = chunk.code?.replaceAll(
        /[^\0-\x7f]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
    }
  },
};

// Bundles with lazily loaded chunks: importing the packages from node_modules more than doubles the
// start-up time, and most commands need neither zod, fast-glob, Unicode's tables nor tables.
const bundle = (name, plugins = []) => ({
  input: { [name]: `src/${name}.ts` },
  platform: 'node',
  logLevel: 'warn',
  checks: { pluginTimings: false },
  plugins: [...plugins, notices],
  // commander can start other programs as its commands, which takes 5 ms to load and is not used here.
  resolve: { alias: { 'node:child_process': pathOf('src/no-child-process.ts') } },
  output: {
    dir: 'dist',
    format: 'cjs', // Node takes 15 ms less to start it than modules
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs', // flat, so that the worker lies beside whoever starts it
    minify: { compress: true, mangle: false, codegen: true },
    sourcemap: false,
    // What is needed at once stays in one file, whatever lazy chunks share of it.
    codeSplitting: { groups: [{ name, tags: ['$initial'] }] },
  },
});

/** The public API. It shares nothing with the program, so that neither is shaped by the other's needs. */
const api = {
  input: { api: 'src/api.ts' },
  platform: 'node',
  logLevel: 'warn',
  checks: { pluginTimings: false },
  plugins: [textFiles, wasmModules, notices],
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: 'api-[name]-[hash].mjs',
  },
};

// Each on its own: a chunk that two share would be one more file to load.
export default defineConfig([
  bundle('start'),
  bundle('worker', [textFiles, wasmModules]),
  api,
  bundle('cli', [textFiles, wasmModules, pageScript, ascii, compile, manual]),
]);
