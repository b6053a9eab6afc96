import type { Tokens } from '../../history/usage.ts';
import { formatNumber } from '../text/amounts.ts';

/** Titles of the columns of `tokenCells`. @param isShort leaves out the less important ones */
export function tokenTitles(isShort: boolean): string[] {
  return [
    'tokens in',
    'cached',
    ...(isShort ? [] : ['written']),
    'out',
    ...(isShort ? [] : ['reasoning']),
  ];
}

export function tokenCells(tokens: Tokens, isShort: boolean): string[] {
  const { prompt, cacheWrite, completion, reasoning } = tokens;
  return [
    formatNumber(prompt),
    cachedShare(tokens),
    ...(isShort ? [] : [formatNumber(cacheWrite)]),
    formatNumber(completion),
    ...(isShort ? [] : [formatNumber(reasoning)]),
  ];
}

/** The share of the prompt that came from the provider's cache. */
export function cachedShare({ prompt, cacheRead }: Tokens): string {
  return prompt > 0 ? `${Math.round((100 * cacheRead) / prompt)} %` : '-';
}
