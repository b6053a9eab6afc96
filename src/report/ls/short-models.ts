/** `-20250514`, `-2025-05-14`, `@20250514`. */
const DATE_SUFFIX = /[-@](?:\d{8}|\d{4}-\d{2}-\d{2})$/;

/** From short to whole: the name without provider and date, without provider, and whole. */
const FORMS: readonly ((model: string) => string)[] = [
  (model) => lastPart(model).replace(DATE_SUFFIX, ''),
  lastPart,
  (model) => model,
];

/**
 * Short names of models: `claude-sonnet-4` for `litellm_proxy/anthropic/claude-sonnet-4-20250514`. A name is as long as
 * it must be to differ from that of every other model of the list.
 */
export function shortModels(models: Iterable<string>): Map<string, string> {
  const all = [...new Set(models)];
  const short = new Map<string, string>();
  for (const model of all) {
    const form = FORMS.find((of) => all.every((one) => one === model || of(one) !== of(model)));
    short.set(model, form?.(model) || model);
  }
  return short;
}

function lastPart(model: string): string {
  return model.slice(model.lastIndexOf('/') + 1);
}
