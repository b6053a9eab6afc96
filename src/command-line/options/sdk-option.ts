import { isKnownVersion, newestVersion } from '../../verification/sdk/known-versions.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Resolves `--sdk`: a released version, or `all`.
 *
 * @throws UsageError for a version that is not known
 */
export function resolveSdk(value: string | undefined): string | undefined {
  if (value === undefined || value === 'all') return value;
  const version = value.replace(/^v/, '');
  if (isKnownVersion(version)) return version;
  throw new UsageError(
    `--sdk ${value}: no known release of the SDK; the newest one known is ${newestVersion()}, and all is every one`,
  );
}
