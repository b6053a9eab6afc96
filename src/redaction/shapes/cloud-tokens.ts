import { around, following, prefixed, type SecretShape, TOKEN_END, WORD_START } from './shape.ts';

/** What follows `-----BEGIN ` in files that are no secrets. */
const PUBLIC_PEM_NAMES = [
  'CERTIFICATE',
  'NEW CERTIFICATE',
  'TRUSTED CERTIFICATE',
  'ATTRIBUTE CERTIFICATE',
  'PUBLIC KEY',
  'RSA PUBLIC KEY',
  'X509',
  'DH PARAMETERS',
  'EC PARAMETERS',
  'PGP PUBLIC',
  'PGP MESSAGE',
  'PGP SIGNATURE',
];
/** `-----BEGIN` in base64. */
const PEM_BASE64 = 'LS0tLS1CRUdJTi';
/** What follows it in the base64 of such a file. Characters that depend on what follows the name are left out. */
const PUBLIC_PEM = PUBLIC_PEM_NAMES.map((name) =>
  btoa(`-----BEGIN ${name}`).slice(PEM_BASE64.length, -3).replaceAll('+', '[+]'),
).join('|');

/** Keys and tokens of clouds, hosts and what is deployed there, and of secret stores. */
export const CLOUD_TOKENS: readonly SecretShape[] = [
  prefixed(
    'aws-access-key-id',
    'AKIA ASIA ABIA ACCA',
    `(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}${TOKEN_END}`,
  ),
  // In the CSV files and tables that AWS issues, the key follows its id: `AKIA…,wJalrXUtnFEMI…`.
  following(
    'aws-secret-key',
    'AKIA ASIA',
    String.raw`A[KS]IA[A-Z0-9]{16}[\s,:;|"']{1,6}(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])`,
  ),
  prefixed('aws-bedrock-key', 'ABSK', 'ABSK[A-Za-z0-9+/=]{60,}'),
  prefixed('aws-bedrock-key', 'bedrock-api-key-', 'bedrock-api-key-[A-Za-z0-9+/=]{20,}'),
  prefixed('aws-mws-key', 'amzn.mws.', String.raw`amzn\.mws\.[a-f0-9-]{36}`),
  prefixed('google-api-key', 'AIza', String.raw`AIza[\w-]{30,}`),
  prefixed('google-oauth-token', 'ya29.', String.raw`ya29\.[\w-]{20,}(?:\.[\w-]+)?`),
  prefixed('google-oauth-secret', 'GOCSPX-', String.raw`GOCSPX-[\w-]{20,}`),
  prefixed('google-refresh-token', '1//0', String.raw`1//0[\w-]{30,}`),
  around(
    'azure-secret',
    '7Q~ 8Q~ 9Q~',
    String.raw`[\w~.-]{3}`,
    String.raw`[789]Q~[\w~.-]{31,34}(?![\w~])`,
  ),
  // Keys that Azure marks with the name of the service: of storage accounts and Cosmos DB, of buses and hubs, of others.
  around('azure-key', '+ASt ACDb', '[A-Za-z0-9/+]{76}', '(?:[+]ASt|ACDb)[A-Za-z0-9/+]{6}=='),
  around(
    'azure-key',
    'AIoT +ASb +AEh +ARm',
    '[A-Za-z0-9/+]{33}',
    '(?:AIoT|[+]ASb|[+]AEh|[+]ARm)[A-P][A-Za-z0-9/+]{5}=',
  ),
  around(
    'azure-key',
    'AzSe AzCa AzFu',
    '[A-Za-z0-9/+]{42,44}',
    `Az(?:Se|Ca|Fu)[A-Za-z0-9/+]{6}(?:==)?${TOKEN_END}`,
  ),
  prefixed('alibaba-access-key-id', 'LTAI', `LTAI[A-Za-z0-9]{16,24}${TOKEN_END}`),
  prefixed('tencent-secret-id', 'AKID', `AKID[A-Za-z0-9]{32}${TOKEN_END}`),
  prefixed('yandex-key', 'AQVN', String.raw`AQVN[\w-]{35,38}${TOKEN_END}`),
  prefixed('yandex-token', 't1.', String.raw`t1\.[A-Z0-9a-z_-]{20,}=?\.[A-Za-z0-9_-]{86}={0,2}`),
  prefixed('digitalocean-token', 'dop_v1_ doo_v1_ dor_v1_', 'do[opr]_v1_[a-f0-9]{40,}'),
  prefixed('heroku-key', 'HRKU-', String.raw`HRKU-[\w-]{30,}`),
  prefixed(
    'fly-token',
    'fm1_ fm1a_ fm1r_ fm2_ fo1_',
    String.raw`(?:fm[12][ar]?_[\w+/=-]{40,}|fo1_[\w-]{40,})`,
  ),
  prefixed('netlify-token', 'nfp_ nfc_', 'nf[pc]_[A-Za-z0-9]{36,}'),
  prefixed('vercel-token', 'vcp_ vci_ vca_ vcr_ vck_', 'vc[piark]_[A-Za-z0-9]{24,}'),
  prefixed('render-key', 'rnd_', 'rnd_[A-Za-z0-9]{20,}'),
  prefixed('cloudflare-key', 'v1.0-', `v1\\.0-[a-f0-9]{24}-[a-f0-9]{100,}`),
  prefixed('cloudflare-token', 'cfut_ cfat_ cfk_', String.raw`(?:cfut|cfat|cfk)_[\w-]{30,}`),
  prefixed('scaleway-key', 'SCW', `SCW(?=[A-Z0-9]{0,16}\\d)[A-Z0-9]{17}${TOKEN_END}`),
  prefixed('vault-token', 'hvs. hvb. hvr.', String.raw`hv[sbr]\.[\w-]{20,}`),
  around('terraform-token', '.atlasv1.', '[A-Za-z0-9]{14}', String.raw`\.atlasv1\.[\w=-]{60,}`),
  prefixed('pulumi-token', 'pul-', 'pul-[a-f0-9]{40,}'),
  prefixed('doppler-token', 'dp.', String.raw`dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{40,}`),
  prefixed('infisical-token', 'st.', String.raw`st\.[a-f0-9-]{24,36}\.[a-f0-9]{32,}\.?[a-f0-9]*`),
  prefixed('1password-token', 'ops_eyJ', String.raw`ops_eyJ[\w+/=-]{100,}`),
  prefixed(
    '1password-key',
    'A3-',
    `A3-[A-Z0-9]{6}-[A-Z0-9-]{11,12}-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}${TOKEN_END}`,
  ),
  prefixed('age-key', 'AGE-SECRET-KEY-1', 'AGE-SECRET-KEY-1[A-Z0-9]{50,}'),
  prefixed('openshift-token', 'sha256~', String.raw`sha256~[\w-]{20,}`),
  prefixed('jwt', 'eyJ', String.raw`eyJ[\w-]{10,}\.\.?[\w-]{10,}(?:\.[\w-]+){0,3}`, WORD_START),
  // A private key in base64, as kubeconfig files and CI variables have it.
  prefixed('private-key', PEM_BASE64, `${PEM_BASE64}(?!${PUBLIC_PEM})[A-Za-z0-9+/=]{8,}`),
  prefixed('databricks-token', 'dapi', 'dapi[a-f0-9]{32,}(?:-\\d)?'),
  prefixed('planetscale-token', 'pscale_', String.raw`pscale_(?:tkn|pw|oauth)_[\w=.-]{32,}`),
  prefixed(
    'supabase-key',
    'sbp_ sb_secret_',
    String.raw`(?:sbp_[a-f0-9]{40,}|sb_secret_[\w-]{20,})`,
  ),
  prefixed('neon-key', 'napi_', 'napi_[a-z0-9]{40,}'),
  prefixed('aiven-password', 'AVNS_', String.raw`AVNS_[\w-]{16,}`),
  prefixed('clickhouse-key', '4b1d', `4b1d[A-Za-z0-9]{38}${TOKEN_END}`),
  prefixed('prefect-key', 'pnu_ pnb_', 'pn[ub]_[A-Za-z0-9]{36,}'),
  prefixed('artifactory-key', 'AKCp', `AKCp[A-Za-z0-9]{69}${TOKEN_END}`),
  prefixed('artifactory-token', 'cmVmd', `cmVmd[A-Za-z0-9]{59}${TOKEN_END}`),
  prefixed(
    'harness-token',
    'pat. sat.',
    String.raw`[ps]at\.[\w-]{22}\.[a-zA-Z0-9]{24}\.[a-zA-Z0-9]{20}`,
  ),
  prefixed('octopus-key', 'API-', `API-(?=[A-Z]{0,25}\\d)[A-Z0-9]{26}${TOKEN_END}`),
  prefixed('tailscale-key', 'tskey-', String.raw`tskey-(?:[a-z]{1,10}-)?[\w-]{16,}`),
];
