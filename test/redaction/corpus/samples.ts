/** Texts that contain a secret, and what must be gone after redaction. */
export interface Sample {
  readonly family: string;
  /** What the sample is, for messages. */
  readonly name: string;
  /** The texts of successive events. */
  readonly texts: readonly string[];
  /** Strings of which none may be left. */
  readonly secrets: readonly string[];
}

export const sample = (
  family: string,
  name: string,
  text: string | readonly string[],
  ...secrets: string[]
): Sample => ({ family, name, texts: typeof text === 'string' ? [text] : text, secrets });
