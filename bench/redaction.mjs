// npm run bench:redaction [-- --seed n]
//
// Measures `--redact`: how many of the synthetic secrets of test/redaction/corpus it replaces, by family, and what it
// replaces in the fixtures and, if they are there, in recorded conversations. Writes bench/REDACTION.md unless a seed is
// given. The sources are TypeScript, so they are bundled into a temporary folder first.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'rolldown';

const { values } = parseArgs({ options: { seed: { type: 'string' } } });
const root = fileURLToPath(new URL('..', import.meta.url));
const { makeCorpus, CORPUS_SEEDS, measureRecall, measurePrecision, TRUE_SECRETS } = await bundled();

const seeds = values.seed === undefined ? CORPUS_SEEDS : [Number(values.seed)];
const recall = measureRecall(seeds.flatMap((seed) => makeCorpus(seed)));
const report = `${recallTable(recall)}\n${precisionTable()}`;
process.stdout.write(report);
for (const { family, missed } of recall) {
  for (const name of missed) process.stderr.write(`missed, ${family}: ${name}\n`);
}
if (values.seed === undefined) {
  writeFileSync(join(root, 'bench/REDACTION.md'), `${headOf()}\n${report}`);
}

/** What the corpus's modules export. */
async function bundled() {
  const folder = mkdtempSync(join(tmpdir(), 'convoscope-redaction-'));
  const names = ['index', 'measure', 'precision'];
  try {
    await build({
      input: Object.fromEntries(
        names.map((name) => [name, join(root, `test/redaction/corpus/${name}.ts`)]),
      ),
      output: {
        dir: folder,
        format: 'esm',
        entryFileNames: '[name].mjs',
        chunkFileNames: '[name].mjs',
      },
      platform: 'node',
      logLevel: 'warn',
    });
    const modules = names.map((name) => import(pathToFileURL(join(folder, `${name}.mjs`)).href));
    return Object.assign({}, ...(await Promise.all(modules)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function recallTable(families) {
  // Rounded down: 100 % are all of them.
  const percent = (missed, samples) =>
    `${(Math.floor((1 - missed / samples) * 1000) / 10).toFixed(1)} %`;
  const row = (name, samples, missed) => `| ${name} | ${samples} | ${percent(missed, samples)} |`;
  const sum = (count) => families.reduce((total, family) => total + count(family), 0);
  const rows = families.map(({ family, samples, missed }) => row(family, samples, missed.length));
  const all = row(
    '**all**',
    sum(({ samples }) => samples),
    sum(({ missed }) => missed.length),
  );
  return `| family of secrets | samples | replaced |\n| --- | --- | --- |\n${[...rows, all].join('\n')}\n`;
}

function precisionTable() {
  const folders = [
    ['fixtures', join(root, 'fixtures/conversations'), []],
    ['recorded', join(root, '../shared/recorded'), TRUE_SECRETS],
  ];
  const rows = folders.map(([name, folder, secrets]) => {
    if (!existsSync(folder)) return `| ${name} | not there | | | |`;
    const { conversations, events, replaced } = measurePrecision(folder);
    const isTrue = (it) => secrets.some((secret) => JSON.stringify(secret) === JSON.stringify(it));
    const count = (list) => list.reduce((total, it) => total + it.count, 0);
    const wrong = replaced.filter((it) => !isTrue(it));
    for (const { conversation, rule } of wrong) process.stderr.write(`${conversation}: ${rule}\n`);
    return `| ${name} | ${conversations} | ${events} | ${count(replaced)} | ${count(wrong)} |`;
  });
  return `| real conversations | conversations | events | replaced | of these no secret |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

function headOf() {
  return `# How well \`--redact\` finds secrets

Measured by \`npm run bench:redaction\` on ${new Date().toISOString().slice(0, 10)}, with ${seeds.length} seeds. The synthetic secrets are made
by [test/redaction/corpus](../test/redaction/corpus) from the formats that services document, and put into files, commands,
URLs, headers, code and prose; \`encodings\` are values that one event names and that another contains in an encoding. A
sample is replaced if nothing of its secrets is left. The tests require 95 % of each family.
`;
}
