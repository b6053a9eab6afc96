import { fileURLToPath } from 'node:url';
import { createRollupLicensePlugin } from 'rollup-license-plugin';

const INTRODUCTION =
  'convoscope contains code of the packages below, each under the licence that follows its name.\n';
const RULE = '-'.repeat(80);

/** The text of the notices file. @throws Error where a package comes without the text of its licence */
function formatNotices(packages) {
  const sections = packages
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, version, license, licenseText }) => {
      if (!licenseText)
        throw new Error(`${name} ${version} has no licence file: see .build/notices.js`);
      return `${RULE}\n${name} ${version} (${license})\n${RULE}\n\n${licenseText.trim()}\n`;
    });
  return [INTRODUCTION, ...sections].join('\n');
}

/**
 * Writes dist/THIRD-PARTY-NOTICES.txt, from the modules that end up in the bundles. One plugin for all
 * of them: it adds the packages of each bundle to those of the bundles before.
 */
export const notices = createRollupLicensePlugin({
  outputFilename: false,
  // Its runtime is in every bundle, as a module without a file.
  includePackages: () => [fileURLToPath(new URL('../node_modules/rolldown', import.meta.url))],
  additionalFiles: { 'THIRD-PARTY-NOTICES.txt': formatNotices },
});
