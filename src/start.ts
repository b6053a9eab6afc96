import { readFileSync } from 'node:fs';
import Module, { createRequire, wrap } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

/*
 * Starts the bundle with its functions compiled already: a third less time before the work begins. Newer
 * versions of Node do that by themselves; for others the build leaves V8's code beside the bundle, which
 * V8 takes if it is of its own version, and else compiles as ever.
 */
// ASCII throughout: see the build.
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

/** For the build: leaves the code of all that has run by the end. */
function keepCode(script: Script): void {
  process.on('exit', () => {
    load('node:fs').writeFileSync(`${bundle}.v8`, script.createCachedData());
  });
}
