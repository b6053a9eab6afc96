import type { Tokens } from '../../history/usage.ts';

/** Tokens, as every document names them. */
export function tokensJson({ prompt, completion, cacheRead, cacheWrite, reasoning }: Tokens) {
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    cache_read_tokens: cacheRead,
    cache_write_tokens: cacheWrite,
    reasoning_tokens: reasoning,
  };
}

/** Tokens that are not stored. */
export const NO_TOKENS = {
  prompt_tokens: null,
  completion_tokens: null,
  cache_read_tokens: null,
  cache_write_tokens: null,
  reasoning_tokens: null,
};
