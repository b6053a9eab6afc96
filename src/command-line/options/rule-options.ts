import { SEVERITIES, type Severity } from '../../verification/rule.ts';
import { CODES, makeRuleConfig, type RuleConfig } from '../../verification/verify.ts';
import { suggestion } from '../nearest.ts';
import { UsageError } from '../usage-error.ts';

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
      throw new UsageError(`${option} ${code}: no such finding code${suggestion(code, CODES)}`);
    }
    return code;
  };
  const severities = new Map<string, Severity | 'off'>();
  for (const setting of severity) {
    const [code = '', level = '', ...more] = setting.split('=');
    if (more.length > 0 || ![...SEVERITIES, 'off'].includes(level)) {
      throw new UsageError(`--severity ${setting}: not <code>=error, warning, info or off`);
    }
    severities.set(known('--severity', code), level as Severity | 'off');
  }
  return makeRuleConfig({
    severity: severities,
    ignore: ignore.map((code) => known('--ignore', code)),
    only: only.map((code) => known('--only', code)),
  });
}
