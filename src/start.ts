import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Script } from 'node:vm';
import manifest from '../package.json' with { type: 'json' };

/*
 * Starts the bundle with code that V8 compiled during the build, which saves a third of the start-up time. Node 22.8 and
 * later have a compile cache of their own. If the compiled code is from another version of V8, V8 ignores it and compiles
 * the bundle.
 */
const bundle = join(import.meta.dirname, 'cli.cjs');

const isVersion = process.argv.length === 3 && /^(?:-V|--version)$/.test(process.argv[2] as string);
if (!(isVersion && printVersion())) startBundle();

/** Answers `--version` without the bundle. @returns false if it could not, and the bundle should */
function printVersion(): boolean {
  try {
    writeSync(1, `${manifest.version}\n`);
    return true;
  } catch {
    return false; // the bundle knows what an output that can't be written means
  }
}

function startBundle(): void {
  const Module = process.getBuiltinModule('node:module');
  const load = Module.createRequire(bundle);
  // From Node 22.8.
  const { enableCompileCache } = Module as { enableCompileCache?: () => void };
  if (enableCompileCache) {
    enableCompileCache();
    load(bundle);
    return;
  }
  const cachedData = compiled();
  const { Script } = process.getBuiltinModule('node:vm');
  // The build writes the bundle in ASCII only, so latin1 reads it correctly, and faster than utf8.
  const script = new Script(Module.wrap(readFileSync(bundle, 'latin1')), {
    filename: bundle,
    ...(cachedData && { cachedData }),
  });
  const module = new Module(bundle);
  load.cache[bundle] = module; // its chunks refer to it
  script.runInThisContext()(module.exports, load, module, bundle, dirname(bundle));
  if (process.env.CONVOSCOPE_BUILD_CODE) keepCode(script);
}

function compiled(): Buffer | undefined {
  try {
    return readFileSync(`${bundle}.v8`);
  } catch {
    return undefined; // not built with it
  }
}

/** For the build: saves the compiled code of every function that ran. */
function keepCode(script: Script): void {
  process.on('exit', () => {
    writeFileSync(`${bundle}.v8`, script.createCachedData());
  });
}
