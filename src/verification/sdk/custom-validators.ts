import { type JsonObject, type JsonValue, own, ownString } from '../../text/json-value.ts';
import { PythonError } from './problem.ts';
import { toFloat, toInteger } from './scalar-checks.ts';
import { isObject, type Walk } from './walk.ts';

/**
 * The SDK's own validators, which its schemas only name. They were read from the sources of all released versions. Those that
 * accept every value are left out when the schemas are written.
 */

/**
 * A validator that runs before the schema. It returns what the schema then checks, or undefined if it refuses the value.
 *
 * @throws PythonError where the SDK's code raises something else than ValueError
 */
type Before = (value: JsonValue, walk: Walk, about: unknown) => JsonValue | undefined;

/** A validator that runs after the schema. It returns why it refuses the value. */
type After = (value: JsonValue, about: unknown) => string | undefined;

const MAX_TAG_CHARS = 256;

export const BEFORE: Readonly<Record<string, Before>> = {
  /** Fields that older versions wrote are dropped. */
  drop: (value, _, names) => {
    if (!isObject(value)) return value;
    const dropped = names as readonly string[];
    const isOld = dropped.some((name) => Object.hasOwn(value, name));
    if (!isOld) return value;
    return Object.fromEntries(Object.entries(value).filter(([key]) => !dropped.includes(key)));
  },
  _validate_tags: (value, walk) => {
    if (value === null) return {};
    if (!isObject(value)) throw attributeError(value, 'items');
    for (const [key, tag] of Object.entries(value)) {
      if (!/^[a-z0-9]+\n?$/.test(key))
        return refused(walk, `the tag ${key} has a name that is not allowed`);
      if (tag === null || typeof tag === 'number' || typeof tag === 'boolean') {
        throw new PythonError('TypeError', `tags.${key}: a tag has no length`);
      }
      if (lengthOf(tag) > MAX_TAG_CHARS) return refused(walk, `the tag ${key} is too long`);
    }
    return value;
  },
  'HookConfig._normalize_hooks_input': normalizeHooks,
  'Agent._add_security_prompt_as_default': (value) => {
    if (!isObject(value)) return value;
    const kwargs = own(value, 'system_prompt_kwargs') ?? null;
    return isObject(kwargs) ? value : { ...value, system_prompt_kwargs: {} };
  },
  'AgentBase._validate_system_prompt_fields': (value, walk, about) => {
    if (!isObject(value)) return value;
    const filename = own(value, 'system_prompt_filename');
    const hasInline = (own(value, 'system_prompt') ?? null) !== null;
    if (hasInline && filename !== undefined && filename !== 'system_prompt.j2') {
      return refused(walk, 'system_prompt and system_prompt_filename exclude each other');
    }
    const takesNull = about === 'null policy';
    return takesNull && own(value, 'security_policy_filename') === null
      ? { ...value, security_policy_filename: '' }
      : value;
  },
  secret: (value) => {
    const isEmpty = value === null || value === '' || value === 0 || value === false;
    if (isEmpty || (typeof value === 'object' && Object.keys(value).length === 0)) return null;
    if (typeof value !== 'string') throw attributeError(value, 'strip');
    return value;
  },
  'LLM._coerce_inputs': (value, walk) => {
    if (!isObject(value)) return value;
    const model = own(value, 'model') ?? null;
    const isFalsy = model === null || model === '' || model === 0 || model === false;
    if (isFalsy || (typeof model === 'object' && Object.keys(model).length === 0)) {
      return refused(walk, 'model is missing');
    }
    if (typeof model !== 'string') throw attributeError(model, 'startswith');
    return value;
  },
  'Tool.validate_params': (value) => value ?? {},
  'Skill._convert_metadata_values': (value) => {
    if (value === null) return null;
    if (!isObject(value)) throw skillError('metadata is not an object');
    return {};
  },
  'Skill._parse_allowed_tools': (value) => {
    if (value === null) return null;
    if (typeof value === 'string' || Array.isArray(value)) return [];
    throw skillError('allowed_tools is neither text nor a list');
  },
  'Skill._validate_mcp_tools': (value) => {
    if (value === null) return null;
    if (!isObject(value)) throw skillError('mcp_tools is not an object');
    return value;
  },
  'Message._coerce_content': (value) => (value === null || typeof value === 'string' ? [] : value),
  'MCPToolDefinition._read_either_mcp_spelling': (value) =>
    isObject(value) ? camelCaseKeys(value) : value,
  'TaskItem._normalize_status': (value, _, aliases) => {
    if (typeof value !== 'string') return value;
    const normal = value.trim().toLowerCase().replaceAll('-', '_').replaceAll(' ', '_');
    const { words, other } = aliases as { words: string[]; other: Record<string, string> };
    return words.includes(normal) ? normal : (ownString(other, normal) ?? value);
  },
  /** The old name of `secret_registry`. */
  'ConversationState.secrets_manager': (value) => {
    const secrets = own(value, 'secrets_manager');
    if (!isObject(value) || secrets === undefined) return value;
    const { secrets_manager: _, ...rest } = value;
    return { ...rest, secret_registry: secrets };
  },
  /** `LocalWorkspace(working_dir=…)` makes text of any value. */
  workingDir: (value, walk) => {
    if (!isObject(value)) return value;
    if (!Object.hasOwn(value, 'working_dir')) {
      const place = walk.path.length > 0 ? `${walk.path.join('.')}: ` : '';
      throw new PythonError('TypeError', `${place}field working_dir is missing`);
    }
    return { ...value, working_dir: '' };
  },
};

export const AFTER: Readonly<Record<string, After>> = {
  'Event._reject_reserved_id': (value) =>
    value === '__root__' ? 'the id __root__ is reserved' : undefined,
  'Tool.validate_name': (value) => (String(value).trim() === '' ? 'the name is empty' : undefined),
  notNegative: (value) =>
    (toFloat(value) ?? 0) < 0 ? 'expected a number of at least 0' : undefined,
  positive: (value) =>
    (toInteger(value) ?? 1) < 1 ? 'expected a number of at least 1' : undefined,
  'ConfirmRisky.validate_threshold': (value) =>
    value === 'UNKNOWN' ? 'the threshold cannot be UNKNOWN' : undefined,
  'GraySwanAnalyzer.validate_thresholds': (value, defaults) =>
    numberOf(value, 'low_threshold', defaults) >= numberOf(value, 'medium_threshold', defaults)
      ? 'low_threshold must be below medium_threshold'
      : undefined,
  'LLMSummarizingCondenser.validate_keep_first_vs_max_size': (value, defaults) => {
    const half = Math.floor(numberOf(value, 'max_size', defaults) / 2);
    const rest = half - numberOf(value, 'keep_first', defaults) - 1;
    return rest <= 0 ? 'keep_first must be less than half of max_size' : undefined;
  },
  'AgentContext._validate_skills': (value) => {
    const names = Array.isArray(value) ? value.map((skill) => own(skill, 'name')) : [];
    return new Set(names).size < names.length ? 'two skills have one name' : undefined;
  },
  'MarketplaceRegistration._validate_repo_path': (value) => {
    if (value === null) return undefined;
    const path = String(value);
    const isWrong = path === '' || path.includes('\\') || /^(?:\/|[a-z]:)/i.test(path);
    return isWrong || path.split('/').includes('..') ? 'expected a relative path' : undefined;
  },
  'Skill._validate_mcp_tools': () => undefined,
  'Skill._validate_description_length': (value) => {
    if (typeof value !== 'string' || [...value].length <= 1024) return undefined;
    throw skillError('the description is longer than 1024 characters');
  },
  'ACPFileSecretSpec._validate_filename': (value) =>
    /[/\\\\]|^\.\.?$/.test(String(value)) ? 'expected a plain file name' : undefined,
  'ACPFileSecretSpec._validate_subdir': (value) => {
    const path = String(value);
    const isWrong =
      path.startsWith('/') || /^\s*\.?\s*$/.test(path) || path.split('/').includes('..');
    return isWrong ? 'expected a relative path' : undefined;
  },
  'MCPServer._validate_server': mcpServerProblem,
  'HookDefinition._check_required_fields': hookProblem,
  'HookDefinition._validate_type_fields': hookProblem,
};

/** It is no ValueError, so pydantic lets it through. */
function skillError(message: string): PythonError {
  return new PythonError('SkillValidationError', message);
}

function refused(walk: Walk, message: string): undefined {
  walk.refuse(message);
  return undefined;
}

const PYTHON_TYPES = { string: 'str', number: 'int', boolean: 'bool' } as const;

/** The exception for a method that a Python value does not have. */
export function attributeError(value: JsonValue, method: string): PythonError {
  const type =
    value === null
      ? 'NoneType'
      : Array.isArray(value)
        ? 'list'
        : typeof value === 'object'
          ? 'dict'
          : PYTHON_TYPES[typeof value as keyof typeof PYTHON_TYPES];
  return new PythonError('AttributeError', `'${type}' object has no attribute '${method}'`);
}

function lengthOf(value: JsonValue): number {
  if (typeof value === 'string') return [...value].length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function numberOf(value: JsonValue, key: string, defaults: unknown): number {
  const given = own(value, key);
  return (
    (given === undefined ? undefined : toFloat(given)) ??
    (defaults as Record<string, number>)[key] ??
    0
  );
}

function camelCaseKeys(value: JsonObject): JsonObject {
  const camel = (key: string) =>
    key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key === 'meta' ? '_meta' : camel(key), member]),
  );
}

const HOOK_EVENTS = new Set([
  'pre_tool_use',
  'post_tool_use',
  'user_prompt_submit',
  'session_start',
  'session_end',
  'stop',
]);

/** Hooks can stand in a `hooks` object, and have the names of other tools: `PreToolUse` for `pre_tool_use`. */
function normalizeHooks(value: JsonValue, walk: Walk): JsonValue | undefined {
  if (!isObject(value)) return value;
  const wrapped = own(value, 'hooks');
  const hooks = wrapped === undefined ? value : wrapped;
  if (!isObject(hooks)) throw attributeError(hooks, 'items');
  const normal = new Map<string, JsonValue>();
  for (const [key, member] of Object.entries(hooks)) {
    const name = key.replaceAll(/(?<!^)(?=[A-Z])/g, '_').toLowerCase();
    if (name !== key && !HOOK_EVENTS.has(name)) return refused(walk, `unknown hook event ${key}`);
    if (normal.has(name)) return refused(walk, `the hook event ${name} occurs twice`);
    normal.set(name, member);
  }
  return Object.fromEntries(normal);
}

function hookProblem(value: JsonValue): string | undefined {
  const type = ownString(value, 'type') ?? 'command';
  const hasCommand = Boolean(own(value, 'command'));
  const isAsync = [own(value, 'async'), own(value, 'async_')].some(
    (flag) => flag !== undefined && /^(?:1|on|t|true|y|yes)$/i.test(String(flag)),
  );
  if (type === 'command') return hasCommand ? undefined : 'a command hook needs a command';
  if (type === 'prompt' && !own(value, 'prompt')) return 'a prompt hook needs a prompt';
  if (hasCommand) return `a ${type} hook has no command`;
  return isAsync ? `a ${type} hook cannot be async` : undefined;
}

function mcpServerProblem(value: JsonValue): string | undefined {
  const transport = ownString(value, 'transport');
  if (transport === 'stdio' && !own(value, 'command')) return 'a stdio server needs a command';
  const isRemote = transport === 'http' || transport === 'streamable-http' || transport === 'sse';
  if (isRemote && !own(value, 'url')) return 'a remote server needs a url';
  const headers = own(value, 'headers') ?? null;
  const hasAuth = (own(value, 'auth') ?? null) !== null;
  const hasHeader =
    headers !== null && Object.keys(headers).some((key) => /^authorization$/i.test(key));
  return hasAuth && hasHeader ? 'auth and an Authorization header exclude each other' : undefined;
}
