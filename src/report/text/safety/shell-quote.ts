/** Words of these characters mean themselves in every shell. */
const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;
/** Characters that can be pasted as they are within single quotes. Others are spelled out. */
const PRINTABLE = /^[\x20-\x7e\p{L}\p{N}\p{M}]*$/u;

/**
 * A path as one word of a POSIX shell, so that a command that contains it can be pasted. Control characters are spelled
 * out within `$'…'`, which bash, zsh, ksh and dash (since 0.5.13) read.
 */
export function quotePath(path: string): string {
  const word = path.startsWith('-') ? `./${path}` : path;
  if (PLAIN.test(word)) return word;
  if (PRINTABLE.test(word)) return `'${word.replaceAll("'", String.raw`'\''`)}'`;
  return `$'${[...word].map(spell).join('')}'`;
}

function spell(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`;
  if (PRINTABLE.test(character)) return character;
  const bytes = [...Buffer.from(character)];
  return bytes.map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}
