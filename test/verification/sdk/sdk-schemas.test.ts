import { expect, test } from 'vitest';
import { sdkVersion, versionRanges } from '../../../src/verification/sdk/known-versions.ts';
import { schemasOfAllVersions } from '../../../src/verification/sdk/sdk-schemas.ts';

test('every schema of every version can be compiled', () => {
  const schemas = schemasOfAllVersions();
  const ranges = versionRanges();
  expect(ranges.length).toBeGreaterThan(30);
  for (const { first } of ranges) {
    const sdk = sdkVersion(first);
    const number = schemas.versions.indexOf(first);
    for (const name of schemas.modelNames) {
      if (schemas.modelOf(name, number) !== undefined)
        expect(() => sdk.compile(name)).not.toThrow();
    }
  }
});
