import { dirname, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vitest/config';
import { type ModulePlugin, pageScript, textFiles, wasmModules } from './.build/imports.js';

// No test depends on how fast the machine is: these limits only end what hangs. An exhaustive sweep takes minutes.
const LIMIT_MS = process.env.CONVOSCOPE_EXHAUSTIVE === '1' ? 1_800_000 : 180_000;

/** A plugin of the build, with other names for its modules: Vite takes `header.css?text` for a style sheet. */
function renamed({ name, load }: ModulePlugin): Plugin {
  const prefix = `\0${name}:`;
  return {
    name,
    enforce: 'pre',
    resolveId(source, importer = '') {
      if (!load.filter.id.test(source)) return undefined;
      return prefix + encodeURIComponent(resolve(dirname(importer), source));
    },
    load(id) {
      if (!id.startsWith(prefix)) return undefined;
      return load.handler.call(
        this,
        decodeURIComponent(id.slice(prefix.length)),
      ) as Promise<string>;
    },
  };
}

export default defineConfig({
  plugins: [renamed(textFiles), renamed(pageScript), renamed(wasmModules)],
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/helpers/global-setup.ts',
    env: { TZ: 'UTC' },
    testTimeout: LIMIT_MS,
    hookTimeout: LIMIT_MS,
    teardownTimeout: LIMIT_MS,
    // Two cores, and some tests spawn processes of their own.
    maxWorkers: 2,
    // Test files share their process, and so what they import: half the time of a short file is spent on that.
    isolate: false,
  },
});
