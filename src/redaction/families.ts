import { HASH_SHAPES } from './shapes/file-shapes.ts';
import { TOKEN_SHAPES } from './shapes/index.ts';

/** How a rule recognizes what it replaces. */
export type Family =
  | 'token'
  | 'private-key'
  | 'named-value'
  | 'hash'
  | 'header'
  | 'url'
  | 'personal'
  | 'pattern';

const FAMILIES = new Map<string, Family>([
  ...TOKEN_SHAPES.map(({ rule }) => [rule, 'token'] as const),
  ['discord-token', 'token'],
  ...HASH_SHAPES.map(({ rule }) => [rule, 'hash'] as const),
  ['private-key', 'private-key'],
  ['authorization', 'header'],
  ['cookie', 'header'],
  ['url-password', 'url'],
  ['url-parameter', 'url'],
  ['user', 'personal'],
  ['email', 'personal'],
  ['host', 'personal'],
  ['pattern', 'pattern'],
  ['too-slow', 'pattern'],
  ['too-long', 'pattern'],
]);

/** The family of a rule. What no other family has is recognized by what names it: `password`, `secret`, `key`. */
export const familyOf = (rule: string): Family => FAMILIES.get(rule) ?? 'named-value';
