import type { JsonValue } from '../../text/json-value.ts';
import type { SchemaProblem } from './problem.ts';

/** The state of one validation: where it is, and what it found. */
export class Walk {
  readonly path: (string | number)[] = [];
  problems: SchemaProblem[] = [];

  constructor(
    /** The whole value that is validated. */
    readonly root: JsonValue,
  ) {}

  /** Notes a problem at the current place. @returns false, as checks do for a value that they refuse */
  refuse(message: string): false {
    this.problems.push({ path: [...this.path], message });
    return false;
  }

  /** Notes a problem of a member of the current value. */
  refuseMember(key: string | number, message: string): false {
    this.problems.push({ path: [...this.path, key], message });
    return false;
  }

  /** Checks a member of the current value. */
  enter(key: string | number, value: JsonValue, check: Check): boolean {
    this.path.push(key);
    const isValid = check(value, this);
    this.path.pop();
    return isValid;
  }
}

/** Whether the SDK accepts a value. The problems are noted in the walk. @throws PythonError */
export type Check = (value: JsonValue, walk: Walk) => boolean;

/** The type of a value, as a message names it. */
export function nameOfType(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return { string: 'a text', number: 'a number', boolean: 'a boolean' }[
    typeof value as 'string' | 'number' | 'boolean'
  ];
}

export function isObject(value: JsonValue): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
