import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** Imports a file as text: `import { text } from './header.css?text'`. */
export const textFiles = {
  name: 'text',
  load: {
    filter: { id: /\?text$/ },
    handler: (id) => ({
      code: `export const text = ${JSON.stringify(readFileSync(id.replace(/\?text$/, ''), 'utf8'))};`,
      moduleType: 'js',
    }),
  },
};

/**
 * Imports a module and all that it imports as the text of one script for a browser:
 * `import { text } from './main.ts?script'`. Names and lines stay readable, so that a reader of an exported page
 * can check what its script does.
 */
export const pageScript = {
  name: 'page-script',
  load: {
    filter: { id: /\?script$/ },
    async handler(id) {
      const bundle = await rolldown({ input: id.replace(/\?script$/, ''), platform: 'browser' });
      const { output } = await bundle.generate({ format: 'iife', comments: false });
      await bundle.close();
      const [{ code, moduleIds }] = output;
      // Either would end or suspend the script element that holds the text.
      if (/<\/script|<!--/i.test(code)) throw new Error(`${id} cannot be put into a page`);
      for (const file of moduleIds) this.addWatchFile(file);
      return { code: `export const text = ${JSON.stringify(code)};`, moduleType: 'js' };
    },
  },
};

const compiler = fileURLToPath(import.meta.resolve('assemblyscript/bin/asc.js'));
const compiled = new Map();

/**
 * Imports a module of AssemblyScript as WebAssembly in base64: `import { base64 } from './scan.ts?wasm'`. V8 reads the
 * text only when the function is called.
 */
export const wasmModules = {
  name: 'wasm',
  load: {
    filter: { id: /\?wasm$/ },
    handler(id) {
      const file = id.replace(/\?wasm$/, '');
      this.addWatchFile(file);
      if (!compiled.has(file)) compiled.set(file, compile(file));
      return { code: `export const base64 = () => '${compiled.get(file)}';`, moduleType: 'js' };
    },
  },
};

/** @returns the module in base64 @throws Error where the compiler finds one */
function compile(file) {
  const folder = mkdtempSync(join(tmpdir(), 'convoscope-wasm-'));
  const output = join(folder, 'module.wasm');
  const options = ['--optimizeLevel', '3', '--shrinkLevel', '1', '--enable', 'simd'];
  // It uses no heap, and memory of this size, in pages of 64 KiB, holds its text.
  options.push('--runtime', 'stub', '--noAssert', '--initialMemory', '20', '--use', 'abort=');
  try {
    const args = [compiler, file, '--outFile', output, ...options];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${file}: ${stderr}`);
    return readFileSync(output).toString('base64');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
