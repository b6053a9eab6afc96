/**
 * The compact form of one of pydantic's validation schemas, as fixtures/generate/schemas writes it: a word for a plain
 * type or a reference (`#Model`, `@Base`), or a list that begins with the operation.
 */
export type SchemaNode = string | readonly [string, ...unknown[]];

/** The fields of a model. A name that ends in `!` is required. */
export interface FieldsNode {
  readonly f: Readonly<Record<string, SchemaNode>>;
  /** What becomes of other keys. Default: they are ignored. */
  readonly x?: 'forbid' | 'allow';
  /** Other names that fields have in the data. */
  readonly a?: Readonly<Record<string, string>>;
  /** Whether a field with another name may have its own name too. */
  readonly n?: boolean;
  /** The value has the name of its class as its `kind`. */
  readonly k?: 1;
}

/**
 * How an SDK version reads conversations, as far as its schemas can't say it:
 * - `tree`: events form a tree, and only the active branch is read;
 * - `readsAll`: without a tree, all events are read when a conversation is resumed;
 * - `objectInput`: another value in place of an object is a ValidationError. Older versions raise what Python's `pop` raises;
 * - `kindKeyError`: a missing kind raises KeyError;
 * - `wideIndex`: an index in a file name can have more than 5 digits;
 * - `looksUpTools`: the agent's tools are looked up in the state before the state is validated;
 * - `looksAtStart`: preparing the agent looks at the first events, and wants no user message before the system prompt.
 */
export type SdkTrait =
  | 'tree'
  | 'readsAll'
  | 'objectInput'
  | 'kindKeyError'
  | 'wideIndex'
  | 'looksUpTools'
  | 'looksAtStart';

/** What fixtures/generate/schemas writes. A version is given by its number, oldest first. */
export interface SchemaData {
  /** Every released version, oldest first. */
  readonly versions: readonly string[];
  /** Of each base class the names of its models; the names of `tools` and `builtins`; the `traits`: those that come and go with a version. */
  readonly names: Readonly<Record<string, readonly NamesChange[]>>;
  /** Each model as it is from a version on. Null: it is gone. */
  readonly models: Readonly<
    Record<string, readonly (readonly [since: number, SchemaNode | null])[]>
  >;
}

type NamesChange = readonly [since: number, added: readonly string[], removed: readonly string[]];
