import { makeRedactor } from '../../src/redaction/redactor.ts';

/*
 * Secrets for the tests. They are put together from pieces, so that a scanner of repositories does not
 * report this file as a leak.
 */

/** A random-looking string of letters and digits. @param length in characters */
export const mixed = (length: number) => 'a1B2c3D4'.repeat(100).slice(0, length);
/** Likewise, of lower-case hexadecimal digits. */
export const hex = (length: number) => 'a1b2c3d4'.repeat(100).slice(0, length);
/** Likewise, of capitals and digits. */
export const upper = (length: number) => 'A1B2C3D4'.repeat(100).slice(0, length);
export const dashes = '-'.repeat(5);
/** A private key. @param newline what separates its lines @param kind the algorithm that its first line names */
export const pem = (newline: string, kind = 'RSA ') =>
  [
    `${dashes}BEGIN ${kind}PRIVATE KEY${dashes}`,
    ...Array.from({ length: 4 }, () => mixed(64)),
    `${mixed(30)}==`,
    `${dashes}END ${kind}PRIVATE KEY${dashes}`,
  ].join(newline);

const JWT = `${'ey'}J${mixed(20)}.${'ey'}J${mixed(40)}.${mixed(43)}`;

/** A token of each shape, and the rule that replaces it. */
export const tokens: [rule: string, token: string][] = [
  ['openai-key', `${'sk'}-${mixed(48)}`],
  ['openai-key', `${'sk'}-proj-${mixed(60)}_${mixed(20)}`],
  ['openai-key', `${'sk'}-svcacct-${mixed(60)}`],
  ['anthropic-key', `${'sk'}-ant-api03-${mixed(93)}AA`],
  ['openrouter-key', `${'sk'}-or-v1-${hex(64)}`],
  ['api-key', `${'sk'}-lf-${mixed(30)}`],
  ...['ghp', 'gho', 'ghu', 'ghs', 'ghr'].map((it) => ['github-token', `${it}_${mixed(36)}`]),
  ['github-token', `github_${'pat'}_${mixed(22)}_${mixed(59)}`],
  ['gitlab-token', `${'glp'}at-${mixed(20)}`],
  ['aws-access-key-id', `${'AK'}IA${upper(16)}`],
  ['aws-access-key-id', `${'AS'}IA${upper(16)}`],
  ['google-api-key', `${'AI'}za${mixed(35)}`],
  ['google-oauth-token', `${'ya'}29.${mixed(60)}`],
  ['google-oauth-secret', `${'GOC'}SPX-${mixed(28)}`],
  ['slack-token', `${'xo'}xb-1234567890-${mixed(24)}`],
  ['slack-token', `${'xa'}pp-1-${mixed(24)}`],
  ['stripe-key', `${'sk'}_live_${mixed(24)}`],
  ['stripe-key', `${'rk'}_test_${mixed(24)}`],
  ['npm-token', `${'np'}m_${mixed(36)}`],
  ['pypi-token', `${'py'}pi-AgEIcHlwaS5vcmc${mixed(100)}`],
  ['huggingface-token', `${'h'}f_${mixed(34)}`],
  ['sendgrid-key', `${'S'}G.${mixed(22)}.${mixed(43)}`],
  ['digitalocean-token', `${'do'}p_v1_${hex(64)}`],
  ['jwt', JWT],
  ['vault-token', `${'hv'}s.${mixed(40)}`],
  ['linear-key', `${'lin'}_api_${mixed(40)}`],
  ['shopify-token', `${'shp'}at_${hex(32)}`],
  ['databricks-token', `${'da'}pi${hex(32)}`],
  ['figma-token', `${'fig'}d_${mixed(40)}`],
  ['notion-token', `${'nt'}n_${mixed(46)}`],
  ['airtable-token', `${'pa'}t${mixed(14)}.${hex(64)}`],
  ['telegram-token', `1234567890:${'A'}A${mixed(33)}`],
  ['discord-token', `${'M'}${mixed(23)}.${mixed(6)}.${mixed(30)}`],
  ['mailgun-key', `${'ke'}y-${hex(32)}`],
  ['mailchimp-key', `${hex(32)}-${'u'}s12`],
  ['twilio-key', `${'S'}K${hex(32)}`],
  ['docker-token', `${'dc'}kr_pat_${mixed(27)}`],
  ['groq-key', `${'gs'}k_${mixed(52)}`],
  ['xai-key', `${'xa'}i-${mixed(80)}`],
  ['terraform-token', `${mixed(14)}.${'atlas'}v1.${mixed(67)}`],
  ['azure-secret', `abc${'8'}Q~${mixed(34)}`],
  ['age-key', `AGE-SECRET-${'KEY'}-1${upper(58)}`],
] as [string, string][];

/** A text redacted by a new redactor, and how many secrets that replaced. */
export function redact(text: string): { text: string; counts: Record<string, number> } {
  const redactor = makeRedactor();
  return { text: redactor.text(text), counts: Object.fromEntries(redactor.counts) };
}

/** An expected text in which `<password>` is short for `[redacted:password]`, and so on. */
export const withMarkers = (expected: string) =>
  expected.replaceAll(
    /<(authorization|cookie|key|token|secret|password|url-password|url-parameter|aws-secret-key)>/g,
    '[redacted:$1]',
  );
