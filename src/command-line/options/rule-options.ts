import { SEVERITIES, type Severity } from '../../verification/rule.ts';
import { CODES, makeRuleConfig, type RuleConfig } from '../../verification/verify.ts';
import { suggestion } from '../nearest.ts';
import { UsageError } from '../usage-error.ts';

const LEVELS = [...SEVERITIES, 'off'] as const;

export interface RuleFlags {
  readonly severity?: readonly string[];
  readonly ignore?: readonly string[];
  readonly only?: readonly string[];
}

/** Resolves which finding codes are reported, and how severe each is. @throws UsageError for an unknown code or severity */
export function resolveRuleConfig({
  severity = [],
  ignore = [],
  only = [],
}: RuleFlags): RuleConfig {
  const known = (option: string, code: string) => {
    if (!CODES.includes(code)) {
      const near = suggestion(code, CODES);
      const advice = near === '' ? `; the codes are ${CODES.join(', ')}` : near;
      throw new UsageError(`${option} ${code}: no such finding code${advice}`);
    }
    return code;
  };
  const severities = new Map<string, Severity | 'off'>();
  for (const setting of severity) {
    const [, code, level] = /^([^=]+)=([^=]+)$/.exec(setting) ?? [];
    if (code === undefined || level === undefined) {
      throw new UsageError(`--severity ${setting}: not <code>=error, warning, info or off`);
    }
    known('--severity', code);
    const severity = LEVELS.find((one) => one === level);
    if (severity === undefined) {
      throw new UsageError(
        `--severity ${setting}: ${level} is not error, warning, info or off${suggestion(level, LEVELS)}`,
      );
    }
    severities.set(code, severity);
  }
  return makeRuleConfig({
    severity: severities,
    ignore: ignore.map((code) => known('--ignore', code)),
    only: only.map((code) => known('--only', code)),
  });
}
