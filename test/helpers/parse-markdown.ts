import { expect } from 'vitest';

/** Lines of a page once its code is taken out: what this program writes itself, with no foreign text in it. */
const OWN_LINE =
  /^$|^##+ [\w ✅❌]+$|^\*{0,2}[\w ,']+\*{0,2}(?: in [\w ,'()]+)?$|^ *- [\w❌ .,:;*→'()"-]*$|^<details><summary>: \d+ findings?<\/summary>$|^<\/details>$|^The rest does not fit\.$/u;

/** Takes the code out of a Markdown page, and checks that nothing but this program's own text and markup is left. */
export function parseMarkdown(source: string): string[] {
  const lines = source
    .replace(/<code>[^<>"]*<\/code>/g, '')
    .replace(/(?<!`)(`+)(?!`)(?:(?!\n)[\s\S])*?(?<!`)\1(?!`)/g, '')
    .replaceAll('⚠️', '')
    .split('\n');
  expect(lines.filter((line) => !OWN_LINE.test(line))).toEqual([]);
  return lines;
}
