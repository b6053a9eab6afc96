import manifest from '../../package.json' with { type: 'json' };

const REPOSITORY = manifest.repository.url.replace(/^git\+/, '').replace(/\.git$/, '');

/** This program, for reports that name the tool that made them. */
export const TOOL = {
  name: manifest.name,
  version: manifest.version,
  url: manifest.homepage,
  /** The page that documents a finding code. */
  findingUrl: (code: string) => `${REPOSITORY}/blob/main/docs/findings.md#${code}`,
};
