import {
  around,
  following,
  prefixed,
  type SecretShape,
  TOKEN_END,
  TOKEN_START,
  WORD_START,
} from './shape.ts';

/** The first three characters of a key and of an account. */
const TWILIO = [...'0123456789abcdef'].flatMap((digit) => [`SK${digit}`, `AC${digit}`]).join(' ');

/** Tokens of messengers and mail, and addresses that anyone may post to. */
export const MESSAGE_TOKENS: readonly SecretShape[] = [
  prefixed('slack-token', 'xox', String.raw`xox[a-z](?:\.xox[a-z])?-[\w-]{10,}`),
  prefixed('slack-token', 'xapp-', String.raw`xapp-\d-[\w-]{10,}`),
  following(
    'slack-webhook',
    'hooks.slack.com/',
    String.raw`hooks\.slack\.com/(?:services|workflows|triggers)/(?<secret>[\w/+-]{20,})`,
  ),
  following(
    'discord-webhook',
    '/api/webhooks/',
    String.raw`(?<=discord(?:app)?\.com)/api/webhooks/(?<secret>\d{10,20}/[\w-]{30,})`,
  ),
  following(
    'teams-webhook',
    'webhook.office.com/',
    String.raw`webhook\.office\.com/(?<secret>[\w/@-]{40,})`,
  ),
  following(
    'google-chat-webhook',
    'chat.googleapis.com/',
    String.raw`chat\.googleapis\.com/v1/spaces/[\w-]{5,40}/messages\?(?<secret>[\w=&%-]{30,})`,
  ),
  following(
    'zapier-webhook',
    'hooks.zapier.com/',
    String.raw`hooks\.zapier\.com/hooks/catch/(?<secret>[\w/]{8,})`,
  ),
  // Ten digits, a colon, and 35 characters; URLs of the API have `bot` before it.
  following(
    'telegram-token',
    ':AA',
    String.raw`(?<=(?:\bbot|${TOKEN_START})(?<start>\d{8,10})):AA[\w-]{30,}`,
  ),
  prefixed('sendgrid-key', 'SG.', String.raw`SG\.[\w-]{16,64}\.[\w-]{32,}`),
  prefixed('brevo-key', 'xkeysib- xsmtpsib-', 'x(?:key|smtp)sib-[a-f0-9]{64}-[A-Za-z0-9]{16}'),
  prefixed('mailgun-key', 'key-', `key-[a-f0-9]{32}${TOKEN_END}`),
  around('mailchimp-key', '-us', '[a-f0-9]{32}', String.raw`-us\d{1,2}${TOKEN_END}`),
  prefixed('mandrill-key', 'md-', `md-[A-Za-z0-9_-]{22}${TOKEN_END}`),
  prefixed('resend-key', 're_', String.raw`re_(?=[A-Za-z]{0,7}\d)[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}`),
  prefixed('twilio-key', TWILIO, `(?:SK|AC)[a-f0-9]{32}${TOKEN_END}`),
];

/** Keys of payment services, shops and tools of an office. */
export const BUSINESS_TOKENS: readonly SecretShape[] = [
  prefixed('stripe-key', 'sk_ rk_', '[sr]k_(?:live|test|prod)_[A-Za-z0-9]{10,}'),
  prefixed('stripe-webhook-secret', 'whsec_', 'whsec_[A-Za-z0-9+/=]{20,}'),
  prefixed('square-token', 'sq0', String.raw`sq0(?:atp|csp|idp)-[\w-]{22,}`),
  prefixed('square-token', 'EAAA', String.raw`EAAA[\w-]{60}${TOKEN_END}`),
  prefixed(
    'paypal-token',
    'access_token$',
    String.raw`access_token\$(?:production|sandbox)\$[a-z0-9]{16}\$[a-f0-9]{32}`,
  ),
  prefixed('paypal-token', 'A21AA', String.raw`A21AA[\w-]{60,}`),
  prefixed('razorpay-key', 'rzp_', `rzp_(?:live|test)_[A-Za-z0-9]{14}${TOKEN_END}`),
  prefixed('flutterwave-key', 'FLWSECK', 'FLWSECK(?:_TEST)?-[a-zA-Z0-9]{12,32}(?:-X)?'),
  prefixed(
    'gocardless-token',
    'live_',
    String.raw`live_(?=[\w-]{0,39}\d)(?=[\w-]{0,39}[A-Z])[\w-]{40}${TOKEN_END}`,
  ),
  prefixed(
    'shopify-token',
    'shpat_ shpca_ shppa_ shpss_ shprt_',
    'shp(?:at|ca|pa|ss|rt)_[a-fA-F0-9]{32,}',
  ),
  prefixed('easypost-key', 'EZAK EZTK', 'EZ[AT]K[A-Za-z0-9]{54}'),
  prefixed('shippo-token', 'shippo_', 'shippo_(?:live|test)_[a-fA-F0-9]{40}'),
  prefixed('duffel-token', 'duffel_', String.raw`duffel_(?:test|live)_[\w=-]{40,}`),
  prefixed('plaid-token', 'access-', 'access-(?:sandbox|development|production)-[a-f0-9-]{36}'),
  prefixed('hubspot-token', 'pat-', 'pat-(?:na|eu|ap)\\d-[a-fA-F0-9-]{36}'),
  prefixed('airtable-token', 'pat', String.raw`pat[A-Za-z0-9]{14}\.[a-f0-9]{64}`),
  prefixed('asana-token', '1/1 2/1', String.raw`[12]/\d{10,20}(?:/\d{10,20})?:[a-f0-9]{32}`),
  prefixed('notion-token', 'ntn_ secret_', '(?:ntn_[A-Za-z0-9]{40,}|secret_[A-Za-z0-9]{43,})'),
  prefixed('linear-key', 'lin_', 'lin_(?:api|oauth|wh)_[A-Za-z0-9]{30,}'),
  prefixed('figma-token', 'figd_ figu_ figr_', String.raw`fig[dur]_[\w-]{30,}`),
  prefixed('clickup-token', 'pk_', `pk_\\d{6,10}_[A-Z0-9]{32}${TOKEN_END}`),
  prefixed('typeform-token', 'tfp_', String.raw`tfp_[\w=.-]{40,}`),
  prefixed('contentful-token', 'CFPAT-', String.raw`CFPAT-[\w-]{40,}`),
  prefixed('intercom-token', 'dG9rO', 'dG9rO[A-Za-z0-9+/=]{50,}'),
  prefixed('facebook-token', 'EAA', 'EAA[A-Za-z](?=[A-Za-z]{0,80}\\d)[A-Za-z0-9]{80,}'),
  prefixed('instagram-token', 'IGQ', String.raw`IGQ[\w-]{80,}`),
  prefixed('twitter-token', 'AAAAAAAAAAAAAAAAAAAAA', 'AAAAAAAAAAAAAAAAAAAAA[A-Za-z0-9%]{50,}'),
  prefixed('dropbox-token', 'sl.', String.raw`sl\.(?:u\.)?[\w-]{100,}`),
  prefixed('frameio-token', 'fio-u-', String.raw`fio-u-[\w=-]{60,}`),
  prefixed('adobe-secret', 'p8e-', `p8e-[A-Za-z0-9_-]{32}${TOKEN_END}`),
];

/** Keys of services that monitor, log and measure. */
export const MONITORING_TOKENS: readonly SecretShape[] = [
  prefixed(
    'grafana-token',
    'glsa_ glc_',
    '(?:glsa_[A-Za-z0-9]{32}_[a-fA-F0-9]{8}|glc_[A-Za-z0-9+/=]{32,})',
  ),
  prefixed('grafana-token', 'eyJrIjoi', 'eyJrIjoi[A-Za-z0-9]{60,}={0,3}', WORD_START),
  prefixed('newrelic-key', 'NRAK- NRII- NRJS- NRRA-', String.raw`NR(?:AK|II|JS|RA)-[\w-]{19,}`),
  around('newrelic-key', 'NRAL', '[a-f0-9]{36}', `NRAL${TOKEN_END}`),
  prefixed('sentry-token', 'sntrys_ sntryu_ sntryi_', String.raw`sntry[sui]_[\w+/=-]{40,}`),
  prefixed('datadog-key', 'ddapp_ ddp_ ddat_', 'dd(?:app|p|at)_[A-Za-z0-9]{30,}'),
  prefixed('dynatrace-token', 'dt0', String.raw`dt0[a-z]\d\d\.[A-Z0-9]{24}\.[A-Z0-9]{64}`),
  prefixed('honeycomb-key', 'hcaik_ hcxik_ hcbik_', 'hc[axb]ik_[a-z0-9]{40,}'),
  prefixed('posthog-key', 'phx_ phs_', 'ph[xs]_[A-Za-z0-9]{30,}'),
  prefixed('logfire-token', 'pylf_', String.raw`pylf_v\d_[a-z]{2,8}_[A-Za-z0-9]{30,}`),
  prefixed('axiom-token', 'xaat- xapt-', 'xa[ap]t-[a-f0-9-]{36}'),
  prefixed(
    'launchdarkly-key',
    'sdk- api- mob-',
    '(?:sdk|api|mob)-[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}',
  ),
  prefixed('mapbox-token', 'sk.eyJ tk.eyJ', String.raw`[st]k\.eyJ[\w-]{20,}\.[\w-]{20,}`),
];
