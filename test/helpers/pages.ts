import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './cli.ts';

/* The Markdown pages that users read, their examples and their links. */

/** Paths of README.md and of every page in docs, relative to the repository. */
export const PAGES = [
  'README.md',
  ...(readdirSync(join(ROOT, 'docs'), { recursive: true }) as string[])
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name))
    .sort(),
];

export const readPage = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** A command of a `console` block, with the output that the page shows below it. */
export interface Example {
  /** Line of the command in the page, from 1. */
  readonly line: number;
  readonly command: string;
  readonly output: string;
}

export function examplesOf(markdown: string): Example[] {
  const examples: { line: number; command: string; output: string }[] = [];
  let fence: string | undefined; // four backticks, where an output has three
  for (const [at, line] of markdown.split('\n').entries()) {
    const opened = /^(`{3,})console$/.exec(line)?.[1];
    if (fence === undefined) fence = opened;
    else if (line === fence) fence = undefined;
    else if (line.startsWith('$ ')) {
      examples.push({ line: at + 1, command: line.slice(2), output: '' });
    } else examples.at(-1)!.output += `${line}\n`;
  }
  return examples;
}

/** The page with other outputs below its commands. @param outputs one per example, in order */
export function withOutputs(markdown: string, outputs: readonly string[]): string {
  const examples = examplesOf(markdown);
  const lines: (string | undefined)[] = markdown.split('\n');
  for (const [at, { line, output }] of examples.entries()) {
    const shown = (outputs[at] as string).replace(/\n$/, '');
    lines[line - 1] += shown === '' ? '' : `\n${shown}`;
    lines.fill(undefined, line, line + output.split('\n').length - 1);
  }
  return lines.filter((line) => line !== undefined).join('\n');
}

const CODE_BLOCKS = /^(`{3,})[\s\S]*?^\1$/gm;

/** Targets of a page's relative links and images; code is left out. */
export function linksOf(markdown: string): string[] {
  const prose = markdown.replace(CODE_BLOCKS, '').replace(/`[^`\n]*`/g, '');
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] as string);
  return targets.filter((target) => !/^[a-z]+:/.test(target));
}

/** Anchors of a page's headings, made as GitHub makes them. */
export function anchorsOf(markdown: string): string[] {
  const prose = markdown.replace(CODE_BLOCKS, '');
  return [...prose.matchAll(/^#+ (.*)$/gm)].map((match) =>
    (match[1] as string)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
