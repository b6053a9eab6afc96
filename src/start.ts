import { readFileSync } from 'node:fs';
import Module, { createRequire, wrap } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

/*
 * Starts the bundle with code that V8 compiled during the build, which saves a third of the start-up time. Node 22.8 and
 * later have a compile cache of their own. If the compiled code is from another version of V8, V8 ignores it and compiles
 * the bundle.
 */
// The build writes the bundle in ASCII only, so latin1 reads it correctly, and faster than utf8.
const bundle = fileURLToPath(new URL('./cli.cjs', import.meta.url));

function compiled(): Buffer | undefined {
  try {
    return readFileSync(`${bundle}.v8`);
  } catch {
    return undefined; // not built with it
  }
}

const load = createRequire(bundle);
const { enableCompileCache } = Module as { enableCompileCache?: () => void }; // from Node 22.8
if (enableCompileCache) {
  enableCompileCache();
  load(bundle);
} else {
  const cachedData = compiled();
  const script = new Script(wrap(readFileSync(bundle, 'latin1')), {
    filename: bundle,
    ...(cachedData && { cachedData }),
  });
  const module = new Module(bundle);
  load.cache[bundle] = module; // its chunks refer to it
  script.runInThisContext()(module.exports, load, module, bundle, dirname(bundle));
  if (process.env.CONVOSCOPE_BUILD_CODE) keepCode(script);
}

/** For the build: saves the compiled code of every function that ran. */
function keepCode(script: Script): void {
  process.on('exit', () => {
    load('node:fs').writeFileSync(`${bundle}.v8`, script.createCachedData());
  });
}
