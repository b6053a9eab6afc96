import { schemasOfAllVersions } from './sdk-schemas.ts';
import { SdkVersion } from './sdk-version.ts';

const made = new Map<string, SdkVersion>();

/** Every released version that is known here, oldest first. */
export function knownVersions(): readonly string[] {
  return schemasOfAllVersions().versions;
}

/** Whether there is such a release. */
export function isKnownVersion(version: string): boolean {
  return knownVersions().includes(version);
}

/** The newest version that is known here. */
export function newestVersion(): string {
  return knownVersions().at(-1) as string;
}

/** The version, with what it compiled so far. @param version one of `knownVersions` */
export function sdkVersion(version: string): SdkVersion {
  const known = made.get(version);
  if (known) return known;
  const sdk = new SdkVersion(version, schemasOfAllVersions());
  made.set(version, sdk);
  return sdk;
}

/** Versions that read conversations alike, oldest first. */
export interface VersionRange {
  readonly first: string;
  readonly last: string;
}

/** All known versions as ranges within which nothing about the format changed, oldest first. */
export function versionRanges(): VersionRange[] {
  const schemas = schemasOfAllVersions();
  const starts = schemas.changes;
  return starts.map((start, at) => ({
    first: schemas.versions[start] as string,
    last: schemas.versions[(starts[at + 1] ?? schemas.versions.length) - 1] as string,
  }));
}
