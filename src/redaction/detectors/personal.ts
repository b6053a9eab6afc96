import { LiteralScanner } from '../search/literal-scanner.ts';
import type { SecretRange } from '../search/secret-range.ts';

/* What shows who worked where: user names in paths, e-mail addresses, names of hosts. */

const SLASH = String.raw`(?:[/\\]{1,4}|%2[Ff]|%5[Cc])`;
/** Matches a home folder, on Linux, macOS and Windows, and in names that were made of a path: `-home-ann-project`. */
const HOME_FOLDER = new RegExp(
  [
    `(?:${SLASH}|[A-Za-z]:${SLASH}|\\b)(?:home|Users|Documents and Settings)${SLASH}`,
    '(?<=-)(?:home|Users)-',
    '(?<=[\\s"\'=:(]|^)~(?=[a-z])',
    String.raw`\b(?:USER|LOGNAME|USERNAME|SUDO_USER)=["']?`,
    String.raw`\b[ug]id=\d{1,10}\(`,
  ].join('|'),
  'g',
);
/** Matches the name of a user after that. In a name made of a path, a dash ends it. */
const USER_NAME = /[A-Za-z_][\w.+@-]{0,63}/y;
const USER_NAME_BEFORE_DASH = /[A-Za-z_][\w.+]{0,63}/y;
/** Names that say nothing about a person, and folders beside the home folders. */
const GENERAL_NAMES = new Set(
  'all app admin bin build default developer dev docker git guest home linuxbrew me node nobody openhands public root runner service shared test ubuntu user username users vagrant vscode work workspace'.split(
    ' ',
  ),
);
/** The fewest characters of a name that is replaced wherever it is a word. */
const MIN_SEARCHED_NAME_CHARS = 4;

/** Matches an at sign with a user and a host: an e-mail address, or `ann@build-7`, as a prompt and ssh have it. */
const AT_HOST =
  /(?<=(?<start>[\w.+%-]{1,64}))@(?<host>(?:[\w-]{1,63}\.){0,6}[A-Za-z][\w-]{1,62})(?<port>:\S)?/dg;
/** Matches the host of a URL. */
const URL_HOST = /:\/\/(?:[^\s/@"'<>]{0,200}@)?(?<host>[\w.-]{1,253})/dg;
/** Matches the name of a host that a variable or a header has. */
const NAMED_HOST =
  /\b(?:HOSTNAME|HOST|Host|hostname|host|server|Server)["']?[ \t]{0,2}[=:][ \t]{0,2}["']?(?<host>[A-Za-z][\w-]{0,62}(?:[.-][\w-]{1,63}){1,6})/dg;
/** Matches a full name of a host elsewhere, by its last part, and an address of a private network. */
const FULL_HOST = new RegExp(
  [
    String.raw`(?<![\w.@/-])(?:(?:[A-Za-z\d](?:[A-Za-z\d-]{0,61}[A-Za-z\d])?\.){1,6}`,
    '(?:com|net|org|edu|gov|mil|internal|intranet|corp|lan|local|localdomain|home|private)',
    String.raw`|(?:[A-Za-z\d](?:[A-Za-z\d-]{0,61}[A-Za-z\d])?\.){2,6}`,
    '(?:io|dev|cloud|ai|app|eu|de|uk|fr|nl|ch|at|jp|info|biz|xyz|tech|site|online)',
    String.raw`|(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2,3})(?![\w-])(?!\.[A-Za-z\d])`,
  ].join(''),
  'g',
);
/** Hosts that every machine has. */
const LOOPBACK = /^(?:localhost(?:\.localdomain)?|127(?:\.\d{1,3}){3}|0\.0\.0\.0|::1)$/i;

/**
 * Makes a detector of user names in paths, e-mail addresses and names of hosts. A user's name that was found in a path
 * is then replaced wherever it is a word, so use one detector for all texts.
 */
export function makePersonalDetector(): (text: string) => SecretRange[] {
  const names = new Set<string>();
  const scanner = new LiteralScanner<string>();
  const learn = (name: string, rule: string) => {
    const folded = name.toLowerCase();
    if (name.length < MIN_SEARCHED_NAME_CHARS || GENERAL_NAMES.has(folded) || names.has(folded)) {
      return;
    }
    names.add(folded);
    scanner.add(name, rule, true);
  };
  return (text) => {
    const found = [...findUsers(text), ...findAddresses(text), ...findHosts(text)];
    for (const { start, end, rule, shouldRemember } of found) {
      if (shouldRemember) learn(text.slice(start, end), rule);
    }
    scanner.scan(text, (rule, start, { length }) => {
      if (isWord(text, start, start + length)) found.push({ start, end: start + length, rule });
    });
    // The detector does its own remembering.
    return found.map(({ start, end, rule }) => ({ start, end, rule }));
  };
}

function isWord(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 2), start);
  const startsWord = !/[A-Za-z\d]$/.test(before) || /\\[nrt]$/.test(before);
  return startsWord && !/[A-Za-z\d]/.test(text.slice(end, end + 1));
}

function findUsers(text: string): SecretRange[] {
  const found: SecretRange[] = [];
  for (const { index, 0: folder } of text.matchAll(HOME_FOLDER)) {
    const start = index + folder.length;
    const pattern = folder.endsWith('-') ? USER_NAME_BEFORE_DASH : USER_NAME;
    pattern.lastIndex = start;
    const name = pattern.exec(text)?.[0].replace(/[.]+$/, '');
    if (!name || /^(?:shared|public)$/i.test(name)) continue;
    found.push({ start, end: start + name.length, rule: 'user', shouldRemember: true });
  }
  return found;
}

function findAddresses(text: string): SecretRange[] {
  if (!text.includes('@')) return [];
  const found: SecretRange[] = [];
  for (const match of text.matchAll(AT_HOST)) {
    const { host = '' } = match.groups ?? {};
    const [hostStart, hostEnd] = match.indices?.groups?.host ?? [0, 0];
    const [, userEnd] = match.indices?.groups?.start ?? [0, 0];
    const start = userStart(text, match.indices?.groups?.start?.[0] ?? match.index);
    if (/\.[A-Za-z]{2,24}$/.test(host)) found.push({ start, end: hostEnd, rule: 'email' });
    // Without a dot, it is a prompt or the target of a copy: `ann@build-7:~$`. Packages have versions there.
    else if (match.groups?.port && !LOOPBACK.test(host)) {
      found.push({
        start: hostStart,
        end: hostEnd,
        rule: 'host',
        shouldRemember: /[\d-]/.test(host),
      });
      found.push({ start, end: userEnd, rule: 'user' });
    }
  }
  return found;
}

/** The n of `\nann@example.com` written out is no part of the name. */
const userStart = (text: string, at: number) =>
  text[at - 1] === '\\' && /[nrt]/.test(text[at] ?? '') ? at + 1 : at;

function findHosts(text: string): SecretRange[] {
  const found: SecretRange[] = [];
  for (const pattern of [URL_HOST, NAMED_HOST]) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = match.indices?.groups?.host ?? [0, 0];
      if (LOOPBACK.test(text.slice(start, end))) continue;
      found.push({ start, end, rule: 'host' });
    }
  }
  for (const { index, 0: host } of text.matchAll(FULL_HOST)) {
    if (!LOOPBACK.test(host)) found.push({ start: index, end: index + host.length, rule: 'host' });
  }
  return found;
}
