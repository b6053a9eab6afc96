import type { JsonValue } from '../../text/json-value.ts';
import type { Slot } from '../slot.ts';

/** Where a fact about a conversation is from. */
export type FactSource =
  /** base_state.json. */
  | { readonly kind: 'state' }
  /** meta.json. */
  | { readonly kind: 'meta' }
  | { readonly kind: 'event'; readonly slot: Pick<Slot, 'index' | 'id' | 'name'> };

/** A fact that is known, and where it is from. */
export interface Fact<T> {
  readonly value: T;
  readonly source: FactSource;
}

/** The facts that both the files next to the events folder and the events can give. */
export interface FactValues {
  /** `execution_status`. */
  readonly status: string;
  /** The agent's model. */
  readonly model: string;
  readonly title: string;
  /** `stats`: what the models were used for, see usageOf. */
  readonly stats: JsonValue;
  /** The agent's working directory. */
  readonly workspace: string;
  readonly maxIterations: number;
  /** Id of the leaf: the event that the conversation continues from. */
  readonly leaf: string;
}

export type FactName = keyof FactValues;

/** Facts by name. A fact that is not known is left out. */
export type Facts = { readonly [Name in FactName]?: Fact<FactValues[Name]> };
