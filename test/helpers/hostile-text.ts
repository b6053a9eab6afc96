import fc from 'fast-check';

/*
 * Text that acts on what renders it, and what looks for it in output. What looks is written here from Unicode's own
 * properties and from what runners parse, not with the functions of the product.
 */

const repeated = (text: string) => text.repeat(40);

/** What acts on a terminal, hides in text, or covers what is around it. */
const FOR_TERMINALS = [
  ...[
    '\u001b[31m',
    '\u001b]0;title\u0007',
    '\u001b[2J\u001b[H',
    '\u001b]52;c;cm0=\u0007',
    '\u001bP+q\u001b\\',
  ],
  ...[
    '\u009b31m',
    '\u009d0;x\u009c',
    '\u0000',
    '\u0007',
    '\b\b\b',
    '\r',
    '\u000b\u000c',
    '\u007f',
    '\u0085',
  ],
  ...['\u202egpj.exe', '\u2066x\u2069', '\u200e', '\u200f', '\u061c', '\u2028', '\u2029'],
  ...[
    'pass\u00adword',
    '\u115f',
    '\u1160',
    '\u3164',
    '\uffa0',
    '\u2061\u2062\u2063\u2064',
    '\u2800',
  ],
  ...['\u200b', 'a\u200cb', 'a\u200db', '\u2060', '\ufeff', '\u180e', '\u034f', '\u17b4', '\u206a'],
  ...[
    '\u{e0001}\u{e0041}\u{e007f}',
    '\ufff9a\ufffab\ufffb',
    '\u{1d173}',
    '\u{1bca0}',
    '\ud800',
    'x\udc00',
  ],
  ...[
    repeated('\ufe0f'),
    repeated('\u{e0100}'),
    repeated('\ufe00'),
    'e\u0301',
    repeated('\u0301'),
    repeated('\u20dd'),
  ],
  ...[repeated('\u1161'), repeated('\u11a8'), repeated('\u0e49'), '\ufdd0', '\uffff'],
];

/** What is a command of a workflow runner, or begins one. */
const FOR_RUNNERS = [
  ...[
    '##[set-output name=x;]y',
    '##vso[task.setvariable variable=x]y',
    "##teamcity[message text='x']",
    '##',
  ],
  ...[
    '::set-output name=x::y',
    ' \t::add-mask::y',
    '::error::z',
    '\n::stop-commands::t',
    '\r::warning::w',
    ':',
    '[',
  ],
  ...['section_start:1700000000:x\r\u001b[0K', 'section_end:1700000000:x'],
];

const FOR_DOCUMENTS = [
  ...[
    '`',
    '``',
    '`'.repeat(255),
    '~'.repeat(80),
    '<script>alert(1)</script>',
    '<img src=x onerror=y>',
    '</pre>',
  ],
  ...[
    '[a](javascript:b)',
    '![i](http://evil.example/x)',
    '@everyone',
    '#1',
    '# title',
    '| a | b |',
    ']]>',
    '<!--',
  ],
  ...[
    '[[ATTACHMENT|/etc/passwd]]',
    '{0}',
    '%0A::error::x',
    '$`x`$',
    '---',
    '"',
    "'",
    '&',
    '\\',
    'https://evil.example',
  ],
];

const anySnippet = fc.oneof(
  fc.constantFrom(...FOR_TERMINALS),
  fc.constantFrom(...FOR_RUNNERS),
  fc.constantFrom(...FOR_DOCUMENTS),
  fc.constantFrom('word', ' ', '\n', '漢字', '🏳️‍🌈', 'x'),
  fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
);

/** Texts of hostile parts in any order. */
export const hostileText = fc
  .array(anySnippet, { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join(''));

/** Every hostile part, each on a line of its own and within one. */
export const ALL_HOSTILE = [...FOR_TERMINALS, ...FOR_RUNNERS, ...FOR_DOCUMENTS]
  .map((part) => `${part}\nword ${part} word`)
  .join('\n');

/** Invisible or acting characters, except the few that emoji and joined scripts need. */
const NEVER_SHOWN =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e00ff}]|\u034f|\u17b4|\u17b5|\u180b/u;
const FLOODS =
  /\p{M}{9}|[\u1160-\u11ff]{5}|[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{2}|[\u200c\u200d]{2}|[a-z][\u200c\u200d][a-z]/u;

/** What in an output acts on a terminal. @param output without colours and links, which tests switch off */
export function actsOnTerminal(output: string): string[] {
  return output.split('\n').flatMap((line) =>
    [NEVER_SHOWN, FLOODS].flatMap((bad) => {
      const found = bad.exec(line.replaceAll('\t', ' '));
      return found
        ? [JSON.stringify(line.slice(Math.max(0, found.index - 20), found.index + 20))]
        : [];
    }),
  );
}

/** What in an output is a command of a workflow runner. @param isOwn commands that are meant to be there */
export function actsOnRunner(
  output: string,
  isOwn: (line: string) => boolean = () => false,
): string[] {
  const family = /##[\w.-]*\[/;
  return output
    .split(/[\n\r]/)
    .filter(
      (line) =>
        family.test(line) ||
        /section_(?:start|end):\d/.test(line) ||
        (/^\s*::/.test(line) && !isOwn(line)),
    )
    .map((line) => JSON.stringify(line.slice(0, 120)));
}
