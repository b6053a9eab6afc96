import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

const root = fileURLToPath(new URL('..', import.meta.url));
/** One declaration file per source file, until they are merged. Inside dist, to find @types/node. */
const separate = `${root}dist/types`;

/**
 * Writes the types of the public API to one file, dist/api.d.ts. TypeScript 7 has no compiler API that
 * a plugin of the bundler could use, so tsc writes them and API Extractor merges them.
 * @throws Error where tsc finds an error, or where the API refers to a type that it does not export
 */
export async function writeDeclarations() {
  const args = ['node_modules/typescript/bin/tsc', '-p', '.build/tsconfig.api.json'];
  const tsc = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  const [status] = await once(tsc, 'exit');
  if (status !== 0) throw new Error('tsc wrote no declarations');
  merge();
  rmSync(separate, { recursive: true });
}

/** Merges what src/api.ts exports, and all that it refers to. */
function merge() {
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: `${root}package.json`,
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: `${separate}/api.d.ts`,
      compiler: { tsconfigFilePath: `${root}.build/tsconfig.api.json`, skipLibCheck: true },
      dtsRollup: { enabled: true, untrimmedFilePath: `${root}dist/api.d.ts` },
      messages: {
        compilerMessageReporting: { default: { logLevel: 'error' } },
        extractorMessageReporting: {
          default: { logLevel: 'none' },
          // A type that the API refers to must have a name that its users can import.
          'ae-forgotten-export': { logLevel: 'error' },
        },
      },
    },
  });
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback(message) {
      const isProblem = message.logLevel === 'error' || message.logLevel === 'warning';
      if (!isProblem) message.handled = true;
    },
  });
  if (!succeeded) throw new Error('the types of the public API could not be merged');
}
