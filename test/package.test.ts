import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { loadConfig } from 'rolldown/config';
import { expect, onTestFinished, test } from 'vitest';
import { cleanEnv, ROOT } from './helpers/cli.ts';

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** Plugins that run the built program, and the one under test. */
const LEFT_OUT = ['compile', 'manual', 'rollup-license-plugin'];

/** Ids of all modules in the bundles that the build makes. */
async function bundledModules(): Promise<string[]> {
  const config = await loadConfig(join(ROOT, 'rolldown.config.js'));
  const modules: string[] = [];
  for (const options of Array.isArray(config) ? config : []) {
    const plugins = [options.plugins]
      .flat()
      .filter((plugin) => !(plugin && 'name' in plugin && LEFT_OUT.includes(plugin.name)));
    const bundle = await rolldown({ ...options, plugins });
    const { output } = await bundle.generate([options.output].flat()[0]);
    await bundle.close();
    for (const file of output) if (file.type === 'chunk') modules.push(...file.moduleIds);
  }
  return modules;
}

/** The folder of the package that a module is from, if any. */
const packageFolder = (id: string) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0];

test('the notices list every package in the bundles, with its licence', async () => {
  const folders = new Set((await bundledModules()).map(packageFolder));
  const bundled = [...folders, join(ROOT, 'node_modules/rolldown')]
    .filter((folder) => folder !== undefined)
    .map((folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
    .map(({ name, version, license }) => `${name} ${version} (${license})`);
  expect(bundled.length).toBeGreaterThan(20);

  const notices = readFileSync(join(ROOT, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
  const sections = notices.matchAll(/^-{80}\n(.+)\n-{80}\n\n(?=\S)/gm);
  expect([...sections].map(([, title]) => title).sort()).toEqual(bundled.sort());
});

/** Runs npm without a network and without scripts: the build is there already. */
function npm(args: string[]): string {
  const options = ['--ignore-scripts', '--offline', '--no-audit', '--no-fund'];
  const env = { ...process.env, npm_config_update_notifier: 'false' };
  const { status, stdout, stderr } = spawnSync('npm', [...args, ...options], {
    cwd: ROOT,
    encoding: 'utf8',
    env,
  });
  expect(status, stderr).toBe(0);
  return stdout;
}

test('the package holds what package.json refers to, and installs globally with its manual page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'convoscope-package-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [packed] = JSON.parse(npm(['pack', '--json', '--pack-destination', folder]));
  const paths: string[] = packed.files.map((file: { path: string }) => file.path);
  const needed = [
    ...Object.values(manifest.bin),
    ...manifest.man,
    ...Object.values<string>(manifest.exports['.']).map((path) => path.replace('./', '')),
    'dist/THIRD-PARTY-NOTICES.txt',
    'docs/schemas/verify.json',
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
  ];
  expect(paths).toEqual(expect.arrayContaining(needed));
  expect(paths.filter((path) => /^(?:src|test|fixtures|bench|\.build)\//.test(path))).toEqual([]);

  npm(['install', '--global', '--prefix', folder, join(folder, packed.filename)]);
  const command = join(folder, 'bin/convoscope');
  const { stdout } = spawnSync(command, ['--version'], { encoding: 'utf8', env: cleanEnv() });
  expect(stdout).toContain(manifest.version);
  // npm 12 no longer links manual pages: https://github.com/npm/bin-links/pull/163
  const linksManualPages = Number.parseInt(npm(['--version']), 10) < 12;
  expect(existsSync(join(folder, 'share/man/man1/convoscope.1'))).toBe(linksManualPages);
});
