import { endOfRun, type Range, runOf } from '../rewriting/ranges.ts';

/*
 * Why not a library: @secretlint/secretlint-rule-preset-recommend 11.7 was measured. It is quick
 * (0.22 ms for 2 KB, linear), but adds 350 KB of minified code, answers only by promises, knows none
 * of JWT, GitLab, Google's keys, Stripe, PyPI, Hugging Face and DigitalOcean, and lets the text itself switch
 * it off: a line `// secretlint-disable`, as agents read in any repository, hides all that follows.
 *
 * The prefixes are what the services document, and what gitleaks' rules name as well.
 */

interface Shape {
  readonly rule: string;
  /** What a token begins with, or has in it: the pattern is tried there alone, or then alone. */
  readonly hints: readonly string[];
  readonly pattern: RegExp;
}

/**
 * Where a token may begin: after no letter or digit, unless these end an escape (`\n`, `%20`) or a
 * terminal's colour.
 */
const START = String.raw`(?:(?<![A-Za-z0-9])|(?<=\\[nrtbf])|(?<=%[0-9A-Fa-f]{2})|(?<=\[[\d;]{0,12}m))`;
/** Where a run of `\w` and `-` begins: for shapes that can fail after a long run, lest each part of it is tried. */
const RUN_START = String.raw`(?:(?<![\w-])|(?<=\\[nrtbf])|(?<=%[0-9A-Fa-f]{2})|(?<=\[[\d;]{0,12}m))`;
/** How much of a run a pattern takes; `REST` takes what is left. */
const MOST = 20_000;
const REST = runOf('[\\w.+/=-]');

/**
 * Patterns are a prefix and runs. Each run is the last thing or ends at a character that it can't
 * hold, so that no text makes them slow.
 */
const shape = (rule: string, prefixes: string, pattern: string, start = START): Shape => ({
  rule,
  hints: prefixes.split(' '),
  pattern: new RegExp(start + pattern.replaceAll(',}', `,${MOST}}`), 'y'),
});

/** Of a token that does not begin with what gives it away. */
const inner = (rule: string, hint: string, pattern: string): Shape => ({
  rule,
  hints: [hint],
  pattern: new RegExp(pattern.replaceAll(',}', `,${MOST}}`), 'g'),
});

const SHAPES: readonly Shape[] = [
  shape('anthropic-key', 'sk-ant-', String.raw`sk-ant-[\w-]{16,}`),
  shape(
    'openai-key',
    'sk-',
    String.raw`sk-(?:(?:proj|svcacct|admin|None)-[\w-]{16,}|[A-Za-z0-9]{20,})`,
  ),
  shape('openrouter-key', 'sk-or-', String.raw`sk-or-[\w-]{20,}`),
  shape('api-key', 'sk-', String.raw`sk-[a-z]{2,8}-(?=[\w-]{0,60}\d)[\w-]{20,}`),
  shape(
    'github-token',
    'ghp_ gho_ ghu_ ghs_ ghr_',
    String.raw`gh[pousr]_[A-Za-z0-9_]{20,}(?:\.[\w-]{10,}){0,2}`,
  ),
  shape('github-token', 'github_pat_', String.raw`github_pat_\w{20,}`),
  shape(
    'gitlab-token',
    'glpat- glptt- gldt- glrt- glcbt- glft- glsoat- glimt- glagent- gloas- glffct-',
    String.raw`gl(?:pat|ptt|dt|rt|cbt|ft|soat|imt|agent|oas|ffct)-[\w-]{20,}(?:\.\w{2,10}){0,2}`,
  ),
  shape('gitlab-token', 'GR1348941', String.raw`GR1348941[\w-]{20,}`),
  shape(
    'aws-access-key-id',
    'AKIA ASIA ABIA ACCA',
    '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])',
  ),
  // As in the CSV files and tables that AWS hands out: the id, then the key.
  inner(
    'aws-secret-key',
    'IA',
    String.raw`(?<=A[KS]IA[A-Z0-9]{16}[\s,:;|"']{1,6})[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])`,
  ),
  shape('aws-bedrock-key', 'ABSK', 'ABSK[A-Za-z0-9+/=]{60,}'),
  shape('google-api-key', 'AIza', String.raw`AIza[\w-]{30,}`),
  shape('google-oauth-token', 'ya29.', String.raw`ya29\.[\w-]{20,}(?:\.[\w-]+)?`),
  shape('google-oauth-secret', 'GOCSPX-', String.raw`GOCSPX-[\w-]{20,}`),
  shape('google-refresh-token', '1//0', String.raw`1//0[\w-]{30,}`),
  shape('slack-token', 'xox', String.raw`xox[a-z](?:\.xox[a-z])?-[\w-]{10,}`),
  shape('slack-token', 'xapp-', String.raw`xapp-\d-[\w-]{10,}`),
  inner(
    'slack-webhook',
    'hooks.slack.com/',
    String.raw`(?<=hooks\.slack\.com/(?:services|workflows|triggers)/)[\w/+-]{20,}`,
  ),
  inner(
    'discord-webhook',
    '/api/webhooks/',
    String.raw`(?<=discord(?:app)?\.com/api/webhooks/)\d{10,20}/[\w-]{30,}`,
  ),
  inner('teams-webhook', 'webhook.office.com/', String.raw`(?<=webhook\.office\.com/)[\w/@-]{40,}`),
  inner('telegram-token', ':AA', String.raw`\d(?<=${START}.)\d{7,9}:AA[\w-]{30,}`),
  inner(
    'discord-token',
    '.',
    String.raw`[MNO](?<=${RUN_START}.)[\w-]{22,27}\.[\w-]{6}\.[\w-]{27,}`,
  ),
  shape(
    'stripe-key',
    'sk_live_ rk_live_ sk_test_ rk_test_',
    '[sr]k_(?:live|test)_[A-Za-z0-9]{16,}',
  ),
  shape('stripe-webhook-secret', 'whsec_', 'whsec_[A-Za-z0-9+/=]{20,}'),
  shape('npm-token', 'npm_', 'npm_[A-Za-z0-9]{30,}'),
  shape('pypi-token', 'pypi-Ag', String.raw`pypi-Ag[\w-]{40,}`),
  shape('huggingface-token', 'hf_', 'hf_[A-Za-z0-9]{30,}'),
  shape('sendgrid-key', 'SG.', String.raw`SG\.[\w-]{16,64}\.[\w-]{32,}`),
  shape('digitalocean-token', 'dop_v1_ doo_v1_ dor_v1_', 'do[opr]_v1_[a-f0-9]{40,}'),
  shape('jwt', 'eyJ', String.raw`eyJ[\w-]{10,}\.\.?[\w-]{10,}(?:\.[\w-]+){0,3}`, RUN_START),
  shape('vault-token', 'hvs. hvb. hvr.', String.raw`hv[sbr]\.[\w-]{20,}`),
  shape('linear-key', 'lin_', 'lin_(?:api|oauth)_[A-Za-z0-9]{30,}'),
  shape('shopify-token', 'shpat_ shpca_ shppa_ shpss_', 'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32,}'),
  shape('databricks-token', 'dapi', 'dapi[a-f0-9]{32,}'),
  shape('doppler-token', 'dp.', String.raw`dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{40,}`),
  shape('figma-token', 'figd_ figu_', String.raw`fig[du]_[\w-]{30,}`),
  shape('notion-token', 'ntn_ secret_', '(?:ntn_[A-Za-z0-9]{40,}|secret_[A-Za-z0-9]{43,})'),
  shape('airtable-token', 'pat', String.raw`pat[A-Za-z0-9]{14}\.[a-f0-9]{64}`),
  shape('postman-key', 'PMAK-', 'PMAK-[a-f0-9]{24}-[a-f0-9]{34}'),
  shape('pulumi-token', 'pul-', 'pul-[a-f0-9]{40,}'),
  shape(
    'grafana-token',
    'glsa_ glc_',
    '(?:glsa_[A-Za-z0-9]{32}_[a-fA-F0-9]{8}|glc_[A-Za-z0-9+/=]{32,})',
  ),
  shape('newrelic-key', 'NRAK-', 'NRAK-[A-Z0-9]{27,}'),
  shape('sentry-token', 'sntrys_ sntryu_', String.raw`sntry[su]_[\w+/=-]{40,}`),
  shape('atlassian-token', 'ATATT3 ATBB', String.raw`(?:ATATT3[\w=-]{50,}|ATBB[A-Za-z0-9]{28,})`),
  shape('square-token', 'sq0', String.raw`sq0(?:atp|csp|idp)-[\w-]{22,}`),
  shape('mailgun-key', 'key-', 'key-[a-f0-9]{32}(?![A-Za-z0-9])'),
  inner(
    'mailchimp-key',
    '-us',
    String.raw`[a-f0-9](?<=${START}.)[a-f0-9]{31}-us\d{1,2}(?![A-Za-z0-9])`,
  ),
  shape('twilio-key', 'SK', 'SK[a-f0-9]{32}(?![A-Za-z0-9])'),
  shape('docker-token', 'dckr_', String.raw`dckr_(?:pat|oat)_[\w-]{20,}`),
  shape('heroku-key', 'HRKU-', String.raw`HRKU-[\w-]{30,}`),
  shape('fly-token', 'fm1_ fm2_ fo1_', String.raw`(?:fm[12]_[\w+/=-]{40,}|fo1_[\w-]{40,})`),
  shape('groq-key', 'gsk_', 'gsk_[A-Za-z0-9]{40,}'),
  shape('xai-key', 'xai-', 'xai-[A-Za-z0-9]{40,}'),
  shape('perplexity-key', 'pplx-', 'pplx-[A-Za-z0-9]{40,}'),
  shape('replicate-token', 'r8_', 'r8_[A-Za-z0-9]{30,}'),
  shape('nvidia-key', 'nvapi-', String.raw`nvapi-[\w-]{40,}`),
  shape('langsmith-key', 'lsv2_', 'lsv2_[a-z]{2}_[a-f0-9]{32}_[a-f0-9]{10}'),
  shape('tavily-key', 'tvly-', String.raw`tvly-[\w-]{20,}`),
  shape('cerebras-key', 'csk-', 'csk-[a-z0-9]{40,}'),
  shape('supabase-key', 'sbp_ sb_secret_', String.raw`(?:sbp_[a-f0-9]{40,}|sb_secret_[\w-]{20,})`),
  shape('netlify-token', 'nfp_', 'nfp_[A-Za-z0-9]{36,}'),
  inner('terraform-token', '.atlasv1.', String.raw`[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,}`),
  shape('rubygems-key', 'rubygems_', 'rubygems_[a-f0-9]{48,}'),
  shape('planetscale-token', 'pscale_', String.raw`pscale_(?:tkn|pw|oauth)_[\w=.-]{32,}`),
  shape('1password-token', 'ops_eyJ', String.raw`ops_eyJ[\w+/=-]{100,}`),
  inner(
    'azure-secret',
    'Q~',
    String.raw`[\w~.-](?<=${START}.)[\w~.-]{2}[78]Q~[\w~.-]{31,34}(?![\w~])`,
  ),
  shape('dynatrace-token', 'dt0', String.raw`dt0[a-z]\d\d\.[A-Z0-9]{24}\.[A-Z0-9]{64}`),
  shape('age-key', 'AGE-SECRET-KEY-1', 'AGE-SECRET-KEY-1[A-Z0-9]{50,}'),
];

/** Tokens that are known by how they look, wherever they stand. */
export function findShapes(text: string): Range[] {
  const found: Range[] = [];
  for (const { rule, hints, pattern } of SHAPES) {
    for (const hint of hints) {
      if (pattern.global) {
        if (!text.includes(hint)) continue;
        for (const match of text.matchAll(pattern)) found.push(taken(text, rule, match));
        continue;
      }
      for (let at = text.indexOf(hint); at !== -1; ) {
        pattern.lastIndex = at;
        const match = pattern.exec(text);
        const range = match && taken(text, rule, match);
        if (range) found.push(range);
        at = text.indexOf(hint, range?.end ?? at + 1);
      }
    }
  }
  return found;
}

function taken(text: string, rule: string, match: RegExpExecArray): Range {
  const end = match.index + match[0].length;
  const isCut = match[0].length > MOST;
  return { start: match.index, end: isCut ? endOfRun(text, end, REST) : end, rule };
}
