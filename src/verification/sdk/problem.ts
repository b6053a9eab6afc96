/** A problem that pydantic would report with a ValidationError. */
export interface SchemaProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Why the SDK does not accept a value. */
export interface Refusal {
  /** Name of the Python class. */
  readonly exception: string;
  readonly problems: readonly SchemaProblem[];
}

/** An exception that is not a ValidationError, and so ends the validation at once. */
export class PythonError extends Error {
  constructor(
    readonly exception: string,
    message: string,
  ) {
    super(message);
  }
}

/** The first problem of a refusal: `path: message`, or the message if it is about the whole value. */
export function refusalMessage({ problems }: Refusal): string {
  const [first] = problems;
  if (!first) return 'the value is not accepted';
  return first.path.length === 0 ? first.message : `${first.path.join('.')}: ${first.message}`;
}
