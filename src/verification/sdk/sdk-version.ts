import { type JsonObject, type JsonValue, own, ownString } from '../../text/json-value.ts';
import { compileSchema, type References } from './compile-schema.ts';
import { attributeError } from './custom-validators.ts';
import { PythonError, type Refusal } from './problem.ts';
import type { SdkTrait } from './schema-node.ts';
import type { SdkSchemas } from './sdk-schemas.ts';
import { type Check, isObject, nameOfType, Walk } from './walk.ts';

/** Judges events and states as one released SDK version does. */
export class SdkVersion implements References {
  readonly #models = new Map<string, Check>();
  readonly #shapes = new Map<string, number>();
  readonly #bases = new Map<string, Check>();
  readonly #traits: ReadonlySet<SdkTrait>;
  readonly #tools: ReadonlySet<string>;
  readonly #builtins: ReadonlySet<string>;
  readonly #number: number;
  readonly #schemas: SdkSchemas;

  constructor(
    readonly version: string,
    schemas: SdkSchemas,
  ) {
    this.#schemas = schemas;
    this.#number = schemas.versions.indexOf(version);
    this.#traits = new Set(schemas.traitsOf(this.#number));
    this.#tools = new Set(schemas.toolsOf(this.#number));
    this.#builtins = new Set(schemas.builtinsOf(this.#number));
  }

  has(trait: SdkTrait): boolean {
    return this.#traits.has(trait);
  }

  /** Why this version does not read an event; undefined if it does. */
  refusalOfEvent(event: JsonObject): Refusal | undefined {
    return refusalBy(this.base('Event'), event);
  }

  /** Why this version does not load a state; undefined if it does. */
  refusalOfState(state: JsonObject): Refusal | undefined {
    return refusalBy(this.model('ConversationState'), state);
  }

  /** Whether an agent can have a tool of the name: one of this version, or one that no version has and so an application. */
  hasTool(name: string): boolean {
    const isReleased =
      this.#schemas.isToolName(name) || this.#schemas.everHad('ToolDefinition', name);
    return this.#tools.has(name) || !isReleased;
  }

  /** Whether there is a built-in tool of the class name. */
  hasBuiltin(name: string): boolean {
    return this.#builtins.has(name);
  }

  /**
   * A number that two versions share if they read events of a kind alike, so that one of them has to judge an event.
   *
   * @param kind class name
   */
  shapeOf(kind: string): number {
    const known = this.#shapes.get(kind);
    if (known !== undefined) return known;
    const traits = [...this.#traits].filter(
      (trait) => trait === 'objectInput' || trait === 'kindKeyError',
    );
    const shape = this.#schemas.shapeOf(['@Event', `#${kind}`], this.#number, traits);
    this.#shapes.set(kind, shape);
    return shape;
  }

  model(name: string): Check {
    const known = this.#models.get(name);
    if (known) return known;
    // Models can contain themselves, so the check is there before it is compiled.
    let compiled: Check | undefined;
    const check: Check = (value, walk) => {
      compiled ??= this.compile(name);
      return compiled(value, walk);
    };
    this.#models.set(name, check);
    return check;
  }

  /** Makes the check of a model. @throws Error if the version has no such model */
  compile(name: string): Check {
    const schema = this.#schemas.modelOf(name, this.#number);
    if (schema === undefined) throw new Error(`SDK ${this.version} has no model ${name}`);
    return compileSchema(schema, this);
  }

  base(name: string): Check {
    const known = this.#bases.get(name);
    if (known) return known;
    const models = this.#schemas.subclassesOf(name, this.#number);
    const byKind = new Map(models.map((model) => [classOf(model), this.model(model)]));
    const check: Check = (value, walk) => {
      if (!isObject(value)) return this.refuseOther(value, walk);
      const kind = own(value, 'kind') ?? null;
      const model =
        typeof kind === 'string' ? byKind.get(kind) : this.#onlyModel(kind, byKind, name);
      if (model) return model(value, walk);
      if (typeof kind === 'string' && this.#isOfApplication(name, kind, value, walk)) return true;
      return kind === null
        ? walk.refuse('field kind is missing')
        : walk.refuse(`unknown kind ${kind}`);
    };
    this.#bases.set(name, check);
    return check;
  }

  /** The model of a value without a kind: the only one that there is. */
  #onlyModel(kind: JsonValue, models: ReadonlyMap<string, Check>, base: string): Check | undefined {
    if (kind !== null) {
      const isUnhashable = typeof kind === 'object' && base !== 'ToolDefinition';
      if (isUnhashable) throw new PythonError('TypeError', `the kind is ${nameOfType(kind)}`);
      return undefined;
    }
    if (this.has('kindKeyError')) throw new PythonError('KeyError', 'field kind is missing');
    return models.size === 1 ? [...models.values()][0] : undefined;
  }

  hasKind(base: string, kind: string): boolean {
    // A client tool has a class that is made at run time.
    if (base === 'Action' && kind.startsWith('ClientAction_')) return true;
    return this.#schemas.subclassesOf(base, this.#number).some((model) => classOf(model) === kind);
  }

  /** What the SDK does with a value that is no object where one must be. @throws PythonError in older versions */
  refuseOther(value: JsonValue, walk: Walk): false {
    if (this.has('objectInput') || this.has('kindKeyError')) {
      return walk.refuse(`expected an object, found ${nameOfType(value)}`);
    }
    if (Array.isArray(value))
      throw new PythonError('TypeError', 'expected an object, found a list');
    throw attributeError(value, 'pop');
  }

  /**
   * Whether the kind is one that an application defines: no SDK release has it, and it belongs to no tool of an SDK release.
   * The application that wrote the event can read it.
   */
  #isOfApplication(base: string, kind: string, value: JsonObject, walk: Walk): boolean {
    if (APPLICATION_KINDS.has(kind)) return true;
    if (!CLASS_NAME.test(kind)) return false;
    if (!EXTENSIBLE_BASES.has(base) || this.#schemas.everHad(base, kind)) return false;
    const tool =
      base === 'ToolDefinition' ? ownString(value, 'title') : ownString(walk.root, 'tool_name');
    return tool !== undefined && !this.#schemas.isToolName(tool);
  }
}

/** How Python names a class. */
const CLASS_NAME = /^[A-Za-z_]\w*$/;
/** Base classes of which applications define subclasses of their own. */
const EXTENSIBLE_BASES = new Set(['Action', 'Observation', 'ToolDefinition']);
/** Classes of openhands-workspace, a package of its own. */
const APPLICATION_KINDS = new Set([
  'APIRemoteWorkspace',
  'ApptainerWorkspace',
  'DockerDevWorkspace',
  'DockerWorkspace',
  'OpenHandsCloudWorkspace',
]);

/** The class name of a model, which has the module in front of it where two classes have one name. */
function classOf(model: string): string {
  return model.slice(model.lastIndexOf('.') + 1);
}

function refusalBy(check: Check, value: JsonObject): Refusal | undefined {
  const walk = new Walk(value);
  try {
    if (check(value, walk)) return undefined;
    return { exception: 'ValidationError', problems: walk.problems };
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    const problem = { path: [...walk.path], message: error.message };
    return { exception: error.exception, problems: [problem] };
  }
}
