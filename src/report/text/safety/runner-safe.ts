/*
 * The one place that keeps foreign text from being a command of a workflow runner, which reads what its jobs print.
 * Replaced characters are spelled out as in JSON strings: that is easy to read in text, and leaves JSON its meaning.
 */

/** Runners, by a variable that they set. `CI` is set by nearly all of them. */
const RUNNER_VARIABLES = [
  'CI',
  'GITHUB_ACTIONS',
  'GITEA_ACTIONS',
  'FORGEJO_ACTIONS',
  'TF_BUILD',
  'TEAMCITY_VERSION',
  'GITLAB_CI',
];

/** Whether a workflow runner reads the output of this process. */
export function isInRunner(env: NodeJS.ProcessEnv): boolean {
  return RUNNER_VARIABLES.some((name) => env[name] && env[name] !== 'false' && env[name] !== '0');
}

/** No runner has a longer name of a command's family. In UTF-16 units. */
const MAX_NAME_CHARS = 64;
/** Enough of a line's end to recognize a command that began there. In UTF-16 units. */
const MAX_TAIL_CHARS = 2 * MAX_NAME_CHARS;

/**
 * The beginnings of commands, each up to the character by which it is one, which is replaced.
 *
 * @param notOwn what must follow a command of GitHub v2 that is not our own
 */
const commands = (notOwn = '') =>
  new RegExp(
    [
      // GitHub v1, Azure and TeamCity: `##[group]`, `##vso[task.setvariable]`, `##teamcity[`, anywhere in a line.
      String.raw`(?<family>##[\w.-]{0,${MAX_NAME_CHARS}})\[`,
      // GitHub v2: `::set-output`, at the beginning of a line, after any white space.
      String.raw`(?<=^[\s\u0085]*:):${notOwn}`,
      // GitLab: `section_start:1700000000:name`.
      String.raw`(?<=section_(?:start|end)):(?=\d|$)`,
    ].join('|'),
    'gm',
  );
const ALL_COMMANDS = commands();
/** Annotations of GitHub, which this program prints itself with `-o github`. No foreign text begins a line there. */
const ALL_BUT_ANNOTATIONS = commands('(?!(?:error|warning|notice) )');

/** Makes output safe for workflow runners. The output can come in pieces that end anywhere. */
export class RunnerSafety {
  /** The end of what was printed, as far as it can be part of a command. */
  #tail = '';

  /** @param printsAnnotations the output is made of annotations, which stay commands */
  apply(output: string, printsAnnotations = false): string {
    const before = this.#tail;
    const safe = (before + output).replace(
      printsAnnotations ? ALL_BUT_ANNOTATIONS : ALL_COMMANDS,
      (_, family?: string) => (family === undefined ? '\\u003a' : `${family}\\u005b`),
    );
    this.#tail = tailOf(safe);
    return safe.slice(before.length);
  }
}

/** The last line, or its end. If it is blank, one blank stands for all. */
function tailOf(text: string): string {
  const line = text.slice(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
  if (line.trim() === '') return line.slice(0, 1);
  // Where the beginning is cut off, a letter stands for it: what follows is not the beginning of a line.
  return line.length > MAX_TAIL_CHARS ? `x${line.slice(-MAX_TAIL_CHARS)}` : line;
}
