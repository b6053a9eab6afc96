import { expect } from 'vitest';

interface Annotation {
  command: string;
  properties: Record<string, string>;
  data: string;
}

/** What can stand between the annotations and the last line. */
const OTHER_LINE =
  /^and [\d,]+ more findings?$|^[\d,]+ less severe findings? not shown$|^[\d,]+ known findings? |^[\d,]+ (?:do|does|would|is|are|resumes?)\b/;

/** Separates workflow commands from other lines, as the runner of GitHub Actions does. */
export function parseGithub(source: string): { annotations: Annotation[]; rest: string[] } {
  const restored = (text: string) =>
    text
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%');
  const annotations: Annotation[] = [];
  const rest: string[] = [];
  for (const line of source.split(/\r\n|\r|\n/).slice(0, -1)) {
    const end = line.indexOf('::', 2);
    if (!line.trimStart().startsWith('::') || end < 0) {
      rest.push(line);
      continue;
    }
    const [, command = '', properties = ''] = /^::(\S+) (.*)$/.exec(line.slice(0, end)) ?? [];
    const pairs = properties.split(',').map((pair) => {
      const [key = '', ...value] = pair.split('=');
      return [key, restored(value.join('='))];
    });
    annotations.push({
      command,
      properties: Object.fromEntries(pairs),
      data: restored(line.slice(end + 2)),
    });
  }
  for (const { command, properties } of annotations) {
    expect(['error', 'warning', 'notice']).toContain(command);
    expect(Object.keys(properties).join(' ')).toMatch(/^file( line( col)?)? title$/);
  }
  expect(annotations.length).toBeLessThanOrEqual(10);
  expect(rest.at(-1)).toMatch(
    /^[\d,]+ conversations?, [\d,]+ events?(?: \([\d,]+ can't be read\))?: /,
  );
  expect(rest.slice(0, -1).filter((line) => !OTHER_LINE.test(line))).toEqual([]);
  expect(rest.join()).not.toContain('##[');
  return { annotations, rest };
}
