import { endOfRun, runOf } from './pattern-search.ts';
import type { SecretRange } from './secret-range.ts';

/*
 * Why not a library: @secretlint/secretlint-rule-preset-recommend 11.7 was measured. It is fast
 * (0.22 ms for 2 KB, linear), but it adds 350 KB of minified code, has only an asynchronous interface
 * and recognizes no JWT and no token of GitLab, Google, Stripe, PyPI, Hugging Face or DigitalOcean.
 * Above all, a text can switch it off: after a line `// secretlint-disable`, which an agent may read
 * in any repository, it finds nothing.
 *
 * The prefixes are those that the services document, and that the rules of gitleaks use too.
 */

/** The shape of the tokens that one service issues. */
interface TokenShape {
  readonly kind: 'prefixed' | 'containing';
  readonly rule: string;
  /**
   * The fixed parts of a token; it has one of them. The pattern of a `prefixed` shape is sticky and
   * tried only where a fixed part is; that of a `containing` shape is global and searched for only in
   * a text that contains one.
   */
  readonly fixedParts: readonly string[];
  readonly pattern: RegExp;
}

/** Matches after an escape that ends in a letter or digit: `\n` written out, `%20`, a colour (`[31m`). */
const AFTER_ESCAPE = String.raw`(?<=\\[nrtbf])|(?<=%[0-9A-Fa-f]{2})|(?<=\[[\d;]{0,12}m)`;
/** Matches where a token can begin: after no letter or digit, or after an escape. */
const TOKEN_START = `(?:(?<![A-Za-z0-9])|${AFTER_ESCAPE})`;
/**
 * Matches where a run of `\w` and `-` begins. For shapes that can fail after a long run: they would be
 * slow if they were tried at every character of it.
 */
const WORD_START = String.raw`(?:(?<![\w-])|${AFTER_ESCAPE})`;

/** How many characters of a run a pattern matches; `TOKEN_REST` matches the rest of a longer token. */
const MAX_MATCHED_RUN_CHARS = 20_000;
const TOKEN_REST = runOf('[\\w.+/=-]');

/**
 * A shape whose tokens begin with a fixed part.
 *
 * @param prefixes the fixed parts, separated by spaces
 * @param pattern prefixes and runs. Each run is at the end or is followed by a character that it does
 *   not match, so that no text makes the pattern slow. `{20,}` is limited to `MAX_MATCHED_RUN_CHARS`.
 * @param start where a token can begin
 */
const prefixed = (
  rule: string,
  prefixes: string,
  pattern: string,
  start = TOKEN_START,
): TokenShape => ({
  kind: 'prefixed',
  rule,
  fixedParts: prefixes.split(' '),
  pattern: new RegExp(start + withRunLimit(pattern), 'y'),
});

/** A shape whose tokens have a fixed part inside, or after a fixed text. @param pattern see `prefixed` */
const containing = (rule: string, fixedPart: string, pattern: string): TokenShape => ({
  kind: 'containing',
  rule,
  fixedParts: [fixedPart],
  pattern: new RegExp(withRunLimit(pattern), 'g'),
});

const withRunLimit = (pattern: string) => pattern.replaceAll(',}', `,${MAX_MATCHED_RUN_CHARS}}`);

/** To add a token, add a line here and an example to the test. */
const TOKEN_SHAPES: readonly TokenShape[] = [
  prefixed('anthropic-key', 'sk-ant-', String.raw`sk-ant-[\w-]{16,}`),
  prefixed(
    'openai-key',
    'sk-',
    String.raw`sk-(?:(?:proj|svcacct|admin|None)-[\w-]{16,}|[A-Za-z0-9]{20,})`,
  ),
  prefixed('openrouter-key', 'sk-or-', String.raw`sk-or-[\w-]{20,}`),
  prefixed('api-key', 'sk-', String.raw`sk-[a-z]{2,8}-(?=[\w-]{0,60}\d)[\w-]{20,}`),
  prefixed(
    'github-token',
    'ghp_ gho_ ghu_ ghs_ ghr_',
    String.raw`gh[pousr]_[A-Za-z0-9_]{20,}(?:\.[\w-]{10,}){0,2}`,
  ),
  prefixed('github-token', 'github_pat_', String.raw`github_pat_\w{20,}`),
  prefixed(
    'gitlab-token',
    'glpat- glptt- gldt- glrt- glcbt- glft- glsoat- glimt- glagent- gloas- glffct-',
    String.raw`gl(?:pat|ptt|dt|rt|cbt|ft|soat|imt|agent|oas|ffct)-[\w-]{20,}(?:\.\w{2,10}){0,2}`,
  ),
  prefixed('gitlab-token', 'GR1348941', String.raw`GR1348941[\w-]{20,}`),
  prefixed(
    'aws-access-key-id',
    'AKIA ASIA ABIA ACCA',
    '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])',
  ),
  // In the CSV files and tables that AWS issues, the key follows its id: `AKIA…,wJalrXUtnFEMI…`.
  containing(
    'aws-secret-key',
    'IA',
    String.raw`(?<=A[KS]IA[A-Z0-9]{16}[\s,:;|"']{1,6})[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])`,
  ),
  prefixed('aws-bedrock-key', 'ABSK', 'ABSK[A-Za-z0-9+/=]{60,}'),
  prefixed('google-api-key', 'AIza', String.raw`AIza[\w-]{30,}`),
  prefixed('google-oauth-token', 'ya29.', String.raw`ya29\.[\w-]{20,}(?:\.[\w-]+)?`),
  prefixed('google-oauth-secret', 'GOCSPX-', String.raw`GOCSPX-[\w-]{20,}`),
  prefixed('google-refresh-token', '1//0', String.raw`1//0[\w-]{30,}`),
  prefixed('slack-token', 'xox', String.raw`xox[a-z](?:\.xox[a-z])?-[\w-]{10,}`),
  prefixed('slack-token', 'xapp-', String.raw`xapp-\d-[\w-]{10,}`),
  containing(
    'slack-webhook',
    'hooks.slack.com/',
    String.raw`(?<=hooks\.slack\.com/(?:services|workflows|triggers)/)[\w/+-]{20,}`,
  ),
  containing(
    'discord-webhook',
    '/api/webhooks/',
    String.raw`(?<=discord(?:app)?\.com/api/webhooks/)\d{10,20}/[\w-]{30,}`,
  ),
  containing(
    'teams-webhook',
    'webhook.office.com/',
    String.raw`(?<=webhook\.office\.com/)[\w/@-]{40,}`,
  ),
  containing('telegram-token', ':AA', String.raw`\d(?<=${TOKEN_START}.)\d{7,9}:AA[\w-]{30,}`),
  containing(
    'discord-token',
    '.',
    String.raw`[MNO](?<=${WORD_START}.)[\w-]{22,27}\.[\w-]{6}\.[\w-]{27,}`,
  ),
  prefixed(
    'stripe-key',
    'sk_live_ rk_live_ sk_test_ rk_test_',
    '[sr]k_(?:live|test)_[A-Za-z0-9]{16,}',
  ),
  prefixed('stripe-webhook-secret', 'whsec_', 'whsec_[A-Za-z0-9+/=]{20,}'),
  prefixed('npm-token', 'npm_', 'npm_[A-Za-z0-9]{30,}'),
  prefixed('pypi-token', 'pypi-Ag', String.raw`pypi-Ag[\w-]{40,}`),
  prefixed('huggingface-token', 'hf_', 'hf_[A-Za-z0-9]{30,}'),
  prefixed('sendgrid-key', 'SG.', String.raw`SG\.[\w-]{16,64}\.[\w-]{32,}`),
  prefixed('digitalocean-token', 'dop_v1_ doo_v1_ dor_v1_', 'do[opr]_v1_[a-f0-9]{40,}'),
  prefixed('jwt', 'eyJ', String.raw`eyJ[\w-]{10,}\.\.?[\w-]{10,}(?:\.[\w-]+){0,3}`, WORD_START),
  prefixed('vault-token', 'hvs. hvb. hvr.', String.raw`hv[sbr]\.[\w-]{20,}`),
  prefixed('linear-key', 'lin_', 'lin_(?:api|oauth)_[A-Za-z0-9]{30,}'),
  prefixed('shopify-token', 'shpat_ shpca_ shppa_ shpss_', 'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32,}'),
  prefixed('databricks-token', 'dapi', 'dapi[a-f0-9]{32,}'),
  prefixed('doppler-token', 'dp.', String.raw`dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{40,}`),
  prefixed('figma-token', 'figd_ figu_', String.raw`fig[du]_[\w-]{30,}`),
  prefixed('notion-token', 'ntn_ secret_', '(?:ntn_[A-Za-z0-9]{40,}|secret_[A-Za-z0-9]{43,})'),
  prefixed('airtable-token', 'pat', String.raw`pat[A-Za-z0-9]{14}\.[a-f0-9]{64}`),
  prefixed('postman-key', 'PMAK-', 'PMAK-[a-f0-9]{24}-[a-f0-9]{34}'),
  prefixed('pulumi-token', 'pul-', 'pul-[a-f0-9]{40,}'),
  prefixed(
    'grafana-token',
    'glsa_ glc_',
    '(?:glsa_[A-Za-z0-9]{32}_[a-fA-F0-9]{8}|glc_[A-Za-z0-9+/=]{32,})',
  ),
  prefixed('newrelic-key', 'NRAK-', 'NRAK-[A-Z0-9]{27,}'),
  prefixed('sentry-token', 'sntrys_ sntryu_', String.raw`sntry[su]_[\w+/=-]{40,}`),
  prefixed(
    'atlassian-token',
    'ATATT3 ATBB',
    String.raw`(?:ATATT3[\w=-]{50,}|ATBB[A-Za-z0-9]{28,})`,
  ),
  prefixed('square-token', 'sq0', String.raw`sq0(?:atp|csp|idp)-[\w-]{22,}`),
  prefixed('mailgun-key', 'key-', 'key-[a-f0-9]{32}(?![A-Za-z0-9])'),
  containing(
    'mailchimp-key',
    '-us',
    String.raw`[a-f0-9](?<=${TOKEN_START}.)[a-f0-9]{31}-us\d{1,2}(?![A-Za-z0-9])`,
  ),
  prefixed('twilio-key', 'SK', 'SK[a-f0-9]{32}(?![A-Za-z0-9])'),
  prefixed('docker-token', 'dckr_', String.raw`dckr_(?:pat|oat)_[\w-]{20,}`),
  prefixed('heroku-key', 'HRKU-', String.raw`HRKU-[\w-]{30,}`),
  prefixed('fly-token', 'fm1_ fm2_ fo1_', String.raw`(?:fm[12]_[\w+/=-]{40,}|fo1_[\w-]{40,})`),
  prefixed('groq-key', 'gsk_', 'gsk_[A-Za-z0-9]{40,}'),
  prefixed('xai-key', 'xai-', 'xai-[A-Za-z0-9]{40,}'),
  prefixed('perplexity-key', 'pplx-', 'pplx-[A-Za-z0-9]{40,}'),
  prefixed('replicate-token', 'r8_', 'r8_[A-Za-z0-9]{30,}'),
  prefixed('nvidia-key', 'nvapi-', String.raw`nvapi-[\w-]{40,}`),
  prefixed('langsmith-key', 'lsv2_', 'lsv2_[a-z]{2}_[a-f0-9]{32}_[a-f0-9]{10}'),
  prefixed('tavily-key', 'tvly-', String.raw`tvly-[\w-]{20,}`),
  prefixed('cerebras-key', 'csk-', 'csk-[a-z0-9]{40,}'),
  prefixed(
    'supabase-key',
    'sbp_ sb_secret_',
    String.raw`(?:sbp_[a-f0-9]{40,}|sb_secret_[\w-]{20,})`,
  ),
  prefixed('netlify-token', 'nfp_', 'nfp_[A-Za-z0-9]{36,}'),
  containing('terraform-token', '.atlasv1.', String.raw`[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,}`),
  prefixed('rubygems-key', 'rubygems_', 'rubygems_[a-f0-9]{48,}'),
  prefixed('planetscale-token', 'pscale_', String.raw`pscale_(?:tkn|pw|oauth)_[\w=.-]{32,}`),
  prefixed('1password-token', 'ops_eyJ', String.raw`ops_eyJ[\w+/=-]{100,}`),
  containing(
    'azure-secret',
    'Q~',
    String.raw`[\w~.-](?<=${TOKEN_START}.)[\w~.-]{2}[78]Q~[\w~.-]{31,34}(?![\w~])`,
  ),
  prefixed('dynatrace-token', 'dt0', String.raw`dt0[a-z]\d\d\.[A-Z0-9]{24}\.[A-Z0-9]{64}`),
  prefixed('age-key', 'AGE-SECRET-KEY-1', 'AGE-SECRET-KEY-1[A-Z0-9]{50,}'),
];

/** Tokens that are recognized by their shape, wherever they are. */
export function findTokens(text: string): SecretRange[] {
  const found: SecretRange[] = [];
  for (const shape of TOKEN_SHAPES) {
    for (const part of shape.fixedParts) {
      // Most texts contain no fixed part at all, so this is where the time goes.
      const first = text.indexOf(part);
      if (first === -1) continue;
      if (shape.kind === 'containing') addMatches(found, text, shape);
      else addPrefixed(found, text, shape, part, first);
    }
  }
  return found;
}

function addMatches(found: SecretRange[], text: string, { pattern, rule }: TokenShape): void {
  for (const match of text.matchAll(pattern)) found.push(rangeOf(text, rule, match));
}

/** @param first where the prefix first appears in the text */
function addPrefixed(
  found: SecretRange[],
  text: string,
  { pattern, rule }: TokenShape,
  prefix: string,
  first: number,
): void {
  for (let at = first; at !== -1; ) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const range = match && rangeOf(text, rule, match);
    if (range) found.push(range);
    at = text.indexOf(prefix, range?.end ?? at + 1);
  }
}

function rangeOf(text: string, rule: string, match: RegExpExecArray): SecretRange {
  const start = match.index;
  const end = start + match[0].length;
  const isCut = match[0].length > MAX_MATCHED_RUN_CHARS;
  return { start, end: isCut ? endOfRun(text, end, TOKEN_REST) : end, rule };
}
