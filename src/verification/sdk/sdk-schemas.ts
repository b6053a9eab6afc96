import type { SchemaData, SchemaNode, SdkTrait } from './schema-node.ts';
import { text } from './sdk-schemas.json?text';

/** The validation schemas of every released SDK version. Versions are given by their number, oldest first. */
export class SdkSchemas {
  readonly #data: SchemaData;
  readonly #shapes = new Map<string, number>();
  readonly #ever = new Map<string, ReadonlySet<string>>();

  constructor(data: SchemaData) {
    this.#data = data;
  }

  /** Every released version, oldest first. */
  get versions(): readonly string[] {
    return this.#data.versions;
  }

  /** The names of the models of any version. */
  get modelNames(): readonly string[] {
    return Object.keys(this.#data.models);
  }

  modelOf(name: string, number: number): SchemaNode | undefined {
    const { models } = this.#data;
    const history = Object.hasOwn(models, name) ? models[name] : undefined;
    return history?.findLast(([since]) => since <= number)?.[1] ?? undefined;
  }

  /** What a model was in any version, as far as versions differ. */
  formsOf(name: string): readonly SchemaNode[] {
    const { models } = this.#data;
    const history = Object.hasOwn(models, name) ? models[name] : undefined;
    return (history ?? []).flatMap(([, node]) => (node === null ? [] : [node]));
  }

  /** The names of the models of a base class. */
  subclassesOf(base: string, number: number): readonly string[] {
    return this.#namesAt(base, number);
  }

  toolsOf(number: number): readonly string[] {
    return this.#namesAt('tools', number);
  }

  /** The class names of the tools that an agent can have by default. */
  builtinsOf(number: number): readonly string[] {
    return this.#namesAt('builtins', number);
  }

  traitsOf(number: number): readonly SdkTrait[] {
    return this.#namesAt('traits', number) as SdkTrait[];
  }

  /** Whether a class was a subclass of the base in any version. */
  everHad(base: string, name: string): boolean {
    return this.everNamed(base).has(name);
  }

  /** Whether a tool of any version has the name. */
  isToolName(name: string): boolean {
    return this.everNamed('tools').has(name);
  }

  #namesAt(list: string, number: number): string[] {
    const names = new Set<string>();
    for (const [since, added, removed] of this.#data.names[list] ?? []) {
      if (since > number) break;
      for (const name of added) names.add(name);
      for (const name of removed) names.delete(name);
    }
    return [...names];
  }

  /** What a list of names contained in any version. */
  everNamed(list: string): ReadonlySet<string> {
    const known = this.#ever.get(list);
    if (known) return known;
    const names = new Set((this.#data.names[list] ?? []).flatMap(([, added]) => added));
    this.#ever.set(list, names);
    return names;
  }

  /**
   * A number for what models and base classes say in a version, with all that they refer to. Versions in which
   * everything is the same have the same number.
   *
   * @param names references such as `#TextContent`. Of `@Event`, only the names of its models count
   * @param traits what else has to be the same
   */
  shapeOf(names: readonly string[], number: number, traits: readonly SdkTrait[]): number {
    const seen = new Set<string>(names);
    const parts: string[] = [...traits];
    for (const name of seen) {
      const isBase = name.startsWith('@');
      const { names, models } = this.#data;
      const table = isBase ? names : models;
      // An event can give any name, such as that of a method of all objects.
      const key = name.slice(1);
      const history = Object.hasOwn(table, key) ? (table[key] ?? []) : [];
      parts.push(`${name}:${history.findLast(([since]) => since <= number)?.[0]}`);
      if (name === '@Event') continue;
      const references = isBase
        ? this.subclassesOf(name.slice(1), number).map((model) => `#${model}`)
        : referencesIn(this.modelOf(name.slice(1), number));
      for (const reference of references) seen.add(reference);
    }
    const key = parts.sort().join(' ');
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    this.#shapes.set(key, this.#shapes.size);
    return this.#shapes.size - 1;
  }

  /** The numbers of the versions in which anything changed. */
  get changes(): readonly number[] {
    const { names, models } = this.#data;
    const histories = [...Object.values(names), ...Object.values(models)].flat();
    return [...new Set(histories.map(([since]) => since))].sort((a, b) => a - b);
  }
}

function referencesIn(schema: SchemaNode | undefined): readonly string[] {
  return schema === undefined ? [] : (JSON.stringify(schema).match(/(?<=")[#@][\w.]+(?=")/g) ?? []);
}

let loaded: SdkSchemas | undefined;

/** The schemas, parsed when they are first needed. */
export function schemasOfAllVersions(): SdkSchemas {
  loaded ??= new SdkSchemas(JSON.parse(text) as SchemaData);
  return loaded;
}
