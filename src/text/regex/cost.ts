/*
 * An upper bound for the work of a regular expression, which is cheap to compute. It need not be close: if it is too
 * high, a match is watched that did not need it.
 */

/** What a regular expression can cost, as far as its source says. */
interface Cost {
  /** A repetition of what varies, whose work can double with every character. */
  readonly isNested: boolean;
  /** Repetitions that stay within one line. */
  readonly inLine: number;
  /** Repetitions of anything. */
  readonly anywhere: number;
  /** Ways through its alternatives and options. */
  readonly ways: number;
}

/** An escape, a class, a group's begin or end, a repetition, or any other character. */
const TOKENS =
  /\\(?:k<[^>]*>|[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-f]{4}|x[\da-f]{2}|c[a-z]|\d+|.)|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?|\)|[*+?]\??|\{\d+(?:,\d*)?\}\??|\||./gisu;
const REPETITION = /^(?:[*+?]|\{\d)/;
/** What is repeated without leaving the line: any single character except those that can be line ends. */
const IN_LINE = /^(?:\.|\\[wdS]|[^\\[(){}*+?|\n\r])$/;

const BACK_REFERENCE = /^\\(?:[1-9]|k<)/;

interface Group {
  /** Whether it can match in several ways. */
  varies: boolean;
  alternatives: number;
}

const costs = new Map<string, Cost>();

/** Whether matching a regular expression against texts may take more than so many steps. */
export function mayTakeSteps(
  { source }: RegExp,
  texts: readonly string[],
  maxSteps: number,
): boolean {
  const cost = costs.get(source) ?? costOf(source);
  costs.set(source, cost);
  const { isNested, inLine, anywhere, ways } = cost;
  if (isNested) return true;
  let steps = 0;
  for (const text of texts) {
    const { length } = text;
    // A match is tried at every character, and then every repetition can have every length.
    const line = inLine > 0 ? longestLine(text) : 1;
    steps += ways * (length + 1) ** (1 + anywhere) * (line + 1) ** inLine;
  }
  return steps > maxSteps;
}

function costOf(source: string): Cost {
  const cost = { isNested: false, inLine: 0, anywhere: 0, ways: 1 };
  const outermost: Group = { varies: false, alternatives: 1 };
  const open = [outermost];
  let closed = outermost;
  let before = '';
  for (const [token] of source.matchAll(TOKENS)) {
    const group = open.at(-1) ?? outermost;
    if (token.startsWith('(')) open.push({ varies: false, alternatives: 1 });
    else if (token === ')') {
      closed = open.pop() ?? outermost;
      cost.ways *= closed.alternatives;
      if (closed.varies) (open.at(-1) ?? outermost).varies = true;
    } else if (token === '|') {
      group.alternatives++;
      group.varies = true;
    } else if (REPETITION.test(token)) {
      if (token.startsWith('?')) cost.ways *= 2;
      else if (before === ')' && closed.varies) cost.isNested = true;
      else if (IN_LINE.test(before)) cost.inLine++;
      else cost.anywhere++;
      group.varies = true;
    } else if (BACK_REFERENCE.test(token)) cost.anywhere++;
    before = token;
  }
  cost.ways *= outermost.alternatives;
  return cost;
}

function longestLine(text: string): number {
  let longest = 0;
  let start = 0;
  for (;;) {
    const end = text.indexOf('\n', start);
    if (end < 0) return Math.max(longest, text.length - start);
    longest = Math.max(longest, end - start);
    start = end + 1;
  }
}
