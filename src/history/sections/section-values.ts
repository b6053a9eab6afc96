import { own, ownString, type ReadableObject, type ReadableValue } from '../../text/json-value.ts';
import { StoredNumber } from '../../text/stored-number.ts';

/* Values of events as short texts. */

export function hookResult(event: ReadableObject): string {
  const exit = own(event, 'exit_code');
  const verdict =
    own(event, 'blocked') === true ? 'blocked' : own(event, 'success') === false ? 'failed' : 'ok';
  const hasExit = typeof exit === 'number' || exit instanceof StoredNumber;
  return `${verdict}${hasExit ? `, exit code ${exit}` : ''}`;
}

/** The names of tools. Up to SDK 1.4, tools are dictionaries in the format of OpenAI. */
export function toolNames(tools: ReadableValue | undefined): string[] {
  return listOf(tools).flatMap(
    (tool) =>
      ownString(tool, 'title') ??
      ownString(tool, 'name') ??
      ownString(own(tool, 'function'), 'name') ??
      ownString(tool, 'kind') ??
      [],
  );
}

export function names(list: ReadableValue | undefined): string {
  return listOf(list)
    .filter((name) => typeof name === 'string')
    .join(', ');
}

export function listOf(value: ReadableValue | undefined): ReadableValue[] {
  return Array.isArray(value) ? value : [];
}
