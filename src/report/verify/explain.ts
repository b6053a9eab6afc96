import type { Rule } from '../../verification/rule.ts';
import type { Style } from '../text/style.ts';

const SECTIONS = [
  ['How it comes about', 'cause'],
  ['What the SDK does', 'consequence'],
  ['What you can do', 'remedy'],
] as const;

/** A finding code's documentation, for a terminal. */
export function explainText(rule: Rule, { chalk }: Style): string {
  const sections = SECTIONS.map(([title, key]) => `${chalk.bold(title)}\n  ${rule[key]}\n`);
  const head = `${chalk.bold(rule.code)} (${rule.severity} by default)\n\n${rule.meaning}\n`;
  return [head, ...sections].join('\n');
}

/** The documentation of all codes, as one Markdown page. */
export function explainPage(rules: readonly Rule[]): string {
  const contents = rules.map(({ code, severity }) => `| [${code}](#${code}) | ${severity} |`);
  const sections = rules.map((rule) =>
    [
      `## ${rule.code}`,
      `${rule.meaning} Default: **${rule.severity}**.`,
      ...SECTIONS.map(([title, key]) => `**${title}.** ${rule[key]}`),
    ].join('\n\n'),
  );
  return `# Findings of \`convoscope verify\`

Made from the rules in \`src/verification/rules\`; \`convoscope verify --explain <code>\` prints each. What the SDK does was seen with
openhands-sdk 1.58.2 (see \`fixtures/sdk-verdicts.json\`).

| code | default |
| --- | --- |
${contents.join('\n')}

${sections.join('\n\n')}
`;
}
