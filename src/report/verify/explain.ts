import type { Rule } from '../../verification/rule.ts';
import type { Style } from '../text/style.ts';

const SECTIONS = [
  ['Cause', 'cause'],
  ['What the SDK does', 'consequence'],
  ['What you can do', 'remedy'],
] as const;

/** The documentation of one finding code, for a terminal. */
export function explainText(rule: Rule, { chalk }: Style): string {
  const sections = SECTIONS.map(([title, key]) => `${chalk.bold(title)}\n  ${rule[key]}\n`);
  const head = `${chalk.bold(rule.code)} (${rule.severity} by default)\n\n${rule.meaning}\n`;
  return [head, ...sections].join('\n');
}

/** The documentation of all finding codes, as one Markdown page. */
export function explainPage(rules: readonly Rule[]): string {
  const contents = rules.map(({ code, severity }) => `| [${code}](#${code}) | ${severity} |`);
  const sections = rules.map((rule) =>
    [
      `## ${rule.code}`,
      `${rule.meaning} Default severity: **${rule.severity}**.`,
      ...SECTIONS.map(([title, key]) => `**${title}.** ${rule[key]}`),
    ].join('\n\n'),
  );
  return `# Findings of \`convoscope verify\`

This page is generated from the rules in \`src/verification/rules\`. \`convoscope verify --explain <code>\` prints
one finding. The behaviour of the SDK was observed with openhands-sdk 1.58.2 (see \`fixtures/sdk-verdicts.json\`).

In the texts, *the index* is the list of events that the SDK builds from the file names. It contains the events from
index 0 up to the first gap. *The active branch* is the path from the leaf, which \`base_state.json\` names, to its root.

| code | default severity |
| --- | --- |
${contents.join('\n')}

${sections.join('\n\n')}
`;
}
