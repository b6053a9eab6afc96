import type { VerifyOptions } from '../../commands/verify.ts';
import { UsageError } from '../../domain/errors.ts';
import { SEVERITIES, type Severity } from '../../verification/rule.ts';
import { CODES, makeRuleConfig, type RuleConfig } from '../../verification/verify.ts';

/** Which codes are reported, and how bad each is. @throws UsageError for what is none of them */
export function resolveJudgement({
  severity = [],
  ignore = [],
  only = [],
}: VerifyOptions): RuleConfig {
  const known = (option: string, code: string) => {
    if (!CODES.includes(code)) throw new UsageError(`${option} ${code}: no such finding code`);
    return code;
  };
  const levels = new Map<string, Severity | 'off'>();
  for (const setting of severity) {
    const [code = '', level = '', ...more] = setting.split('=');
    if (more.length > 0 || ![...SEVERITIES, 'off'].includes(level)) {
      throw new UsageError(`--severity ${setting}: not <code>=error, warning, info or off`);
    }
    levels.set(known('--severity', code), level as Severity | 'off');
  }
  return makeRuleConfig({
    severity: levels,
    ignore: ignore.map((code) => known('--ignore', code)),
    only: only.map((code) => known('--only', code)),
  });
}
