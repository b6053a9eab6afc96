import { resolve } from 'node:path';
import envPaths from 'env-paths';
import type { CommonOptions } from './options/common-options.ts';

/** Where indices are kept: as asked for, else the platform's folder for caches. */
export function cacheFolder(
  { cacheDir }: Pick<CommonOptions, 'cacheDir'>,
  env: NodeJS.ProcessEnv,
): string {
  return resolve(
    cacheDir || env.CONVOSCOPE_CACHE_DIR || envPaths('convoscope', { suffix: '' }).cache,
  );
}
