import { type Characters, fixed } from './random.ts';
import { type Sample, sample } from './samples.ts';

type Make = (c: Characters) => string;

/** Tokens by the kind of service, in the formats that the services document. */
const TOKENS: Record<string, Record<string, Make>> = {
  'language models': {
    openai: (c) => fixed('s|k-') + c.mixed(20) + fixed('T3Bl|bkFJ') + c.mixed(20),
    'openai project': (c) => fixed('s|k-pro|j-') + c.url(74) + fixed('T3Bl|bkFJ') + c.url(74),
    anthropic: (c) => `${fixed('s|k-a|nt-api03-') + c.url(93)}AA`,
    openrouter: (c) => fixed('s|k-o|r-v1-') + c.hex(64),
    huggingface: (c) => `${fixed('h|f_')}${c.of('abcdefghijklmnopqrstuvwxyzABCDEFGH', 34)}`,
    replicate: (c) => fixed('r|8_') + c.mixed(37),
    groq: (c) => fixed('g|sk_') + c.mixed(52),
    perplexity: (c) => fixed('p|plx-') + c.mixed(48),
    xai: (c) => fixed('x|ai-') + c.mixed(80),
    nvidia: (c) => fixed('nv|api-') + c.url(64),
    langsmith: (c) => `${fixed('ls|v2_pt_') + c.hex(32)}_${c.hex(10)}`,
    langfuse: (c) => fixed('s|k-l|f-') + c.uuid(),
    pinecone: (c) => `${fixed('pc|sk_') + c.mixed(6)}_${c.mixed(63)}`,
    elevenlabs: (c) => fixed('s|k_') + c.hex(48),
    tavily: (c) => fixed('tv|ly-dev-') + c.mixed(32),
  },
  clouds: {
    'aws id': (c) => fixed('AK|IA') + c.upper(16),
    'aws session id': (c) => fixed('AS|IA') + c.upper(16),
    bedrock: (c) => `${fixed('AB|SK') + c.base64(120)}==`,
    'google api key': (c) => fixed('AI|za') + c.url(35),
    'google oauth': (c) => fixed('ya|29.a0') + c.url(120),
    'google client': (c) => fixed('GOC|SPX-') + c.url(28),
    'azure client': (c) => `${c.mixed(3)}8${fixed('Q|~')}${c.mixed(34)}`,
    'azure storage': (c) => `${c.base64(76)}${fixed('+A|St')}${c.base64(5)}A==`,
    alibaba: (c) => fixed('LT|AI') + c.mixed(20),
    digitalocean: (c) => fixed('do|p_v1_') + c.hex(64),
    heroku: (c) => fixed('HR|KU-AA') + c.url(58),
    fly: (c) => fixed('fo|1_') + c.url(43),
    netlify: (c) => fixed('nf|p_') + c.mixed(36),
    render: (c) => fixed('rn|d_') + c.mixed(28),
    'cloudflare origin': (c) => `${fixed('v1|.0-') + c.hex(24)}-${c.hex(146)}`,
    databricks: (c) => fixed('da|pi') + c.hex(32),
    planetscale: (c) => fixed('psc|ale_tkn_') + c.mixed(43),
    supabase: (c) => fixed('sb|p_') + c.hex(40),
    aiven: (c) => fixed('AV|NS_') + c.mixed(19),
    tailscale: (c) => `${fixed('ts|key-auth-') + c.mixed(16)}-${c.mixed(32)}`,
  },
  'secret stores': {
    vault: (c) => fixed('hv|s.') + c.url(95),
    'vault batch': (c) => fixed('hv|b.') + c.url(140),
    terraform: (c) => `${c.mixed(14)}${fixed('.atlas|v1.')}${c.url(67)}`,
    pulumi: (c) => fixed('pu|l-') + c.hex(40),
    doppler: (c) => fixed('dp|.pt.') + c.mixed(43),
    '1password': (c) => fixed('op|s_ey|J') + c.base64(260),
    age: (c) => fixed('AGE-SECRET|-KEY-1') + c.of('QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58),
    openshift: (c) => fixed('sha|256~') + c.url(43),
    jwt: (c) => `${fixed('ey|J')}${c.url(30)}.${fixed('ey|J')}${c.url(60)}.${c.url(43)}`,
  },
  'code and packages': {
    ...Object.fromEntries(
      ['gh|p_', 'gh|o_', 'gh|u_', 'gh|s_', 'gh|r_'].map((it) => [
        it.replace('|', ''),
        (c: Characters) => fixed(it) + c.mixed(36),
      ]),
    ),
    'github fine-grained': (c) => `${fixed('github|_pat_') + c.mixed(22)}_${c.mixed(59)}`,
    ...Object.fromEntries(
      ['gl|pat-', 'gl|dt-', 'gl|rt-', 'gl|ft-', 'gl|soat-', 'gl|ptt-'].map((it) => [
        it.replace('|', ''),
        (c: Characters) => fixed(it) + c.url(20),
      ]),
    ),
    bitbucket: (c) => fixed('AT|BB') + c.mixed(32),
    atlassian: (c) => `${fixed('ATA|TT3xFfGF0') + c.url(170)}=${c.upper(8)}`,
    npm: (c) => fixed('np|m_') + c.mixed(36),
    'npm legacy': (c) => fixed('np|m_') + c.uuid(),
    pypi: (c) => fixed('py|pi-AgEIcHlwaS5vcmc') + c.url(130),
    rubygems: (c) => fixed('ruby|gems_') + c.hex(48),
    crates: (c) => `${fixed('ci|o')}${c.mixed(31)}4`,
    nuget: (c) => fixed('oy|2') + c.lower(43),
    'docker hub': (c) => fixed('dc|kr_pat_') + c.url(27),
    circleci: (c) => `${fixed('CCI|PAT_') + c.mixed(22)}_${c.hex(40)}`,
    sonar: (c) => fixed('sq|u_') + c.hex(40),
    postman: (c) => `${fixed('PM|AK-') + c.hex(24)}-${c.hex(34)}`,
    sourcegraph: (c) => `${fixed('sg|p_') + c.hex(16)}_${c.hex(40)}`,
  },
  messages: {
    'slack bot': (c) => `${fixed('xo|xb-')}${c.digits(12)}-${c.digits(12)}-${c.mixed(24)}`,
    'slack user': (c) => `${fixed('xo|xp-')}${c.digits(11)}-${c.digits(11)}-${c.hex(32)}`,
    'slack app': (c) => `${fixed('xa|pp-1-A')}${c.upper(10)}-${c.digits(13)}-${c.hex(64)}`,
    discord: (c) => `${fixed('M|T')}${'E'}${c.url(21)}.${c.url(6)}.${c.url(38)}`,
    telegram: (c) => `${c.digits(9)}1:${fixed('A|A')}${c.url(33)}`,
    sendgrid: (c) => `${fixed('S|G.')}${c.url(22)}.${c.url(43)}`,
    mailgun: (c) => fixed('ke|y-') + c.hex(32),
    mailchimp: (c) => `${c.hex(32)}${fixed('-u|s')}${c.digits(1)}1`,
    brevo: (c) => `${fixed('xkey|sib-')}${c.hex(64)}-${c.mixed(16)}`,
    'twilio key': (c) => fixed('S|K') + c.hex(32),
    'twilio account': (c) => fixed('A|C') + c.hex(32),
  },
  'business and payment': {
    stripe: (c) => fixed('s|k_li|ve_') + c.mixed(24),
    'stripe restricted': (c) => fixed('r|k_li|ve_') + c.mixed(24),
    'stripe webhook': (c) => fixed('wh|sec_') + c.mixed(32),
    square: (c) => fixed('sq|0atp-') + c.url(22),
    paypal: (c) => `${fixed('access|_token$production$')}${c.lower(16)}$${c.hex(32)}`,
    razorpay: (c) => fixed('rz|p_live_') + c.mixed(14),
    shopify: (c) => fixed('shp|at_') + c.hex(32),
    hubspot: (c) => fixed('pa|t-na1-') + c.uuid(),
    airtable: (c) => `${fixed('pa|t') + c.mixed(14)}.${c.hex(64)}`,
    asana: (c) => `1/1${c.digits(15)}:${c.hex(32)}`,
    notion: (c) => `${fixed('nt|n_')}${c.digits(11)}${c.mixed(35)}`,
    'notion legacy': (c) => fixed('secret|_') + c.mixed(43),
    linear: (c) => fixed('li|n_api_') + c.mixed(40),
    figma: (c) => fixed('fi|gd_') + c.url(40),
    typeform: (c) => fixed('tf|p_') + c.url(59),
    dropbox: (c) => fixed('s|l.') + c.url(135),
    facebook: (c) => `${fixed('EA|AC')}${c.mixed(150)}`,
    easypost: (c) => fixed('EZ|AK') + c.mixed(54),
  },
  monitoring: {
    grafana: (c) => `${fixed('gl|sa_') + c.mixed(32)}_${c.hex(8)}`,
    'grafana cloud': (c) => fixed('gl|c_') + c.base64(80),
    'new relic': (c) => fixed('NR|AK-') + c.upper(27),
    'new relic licence': (c) => c.hex(36) + fixed('NR|AL'),
    sentry: (c) => `${fixed('sn|trys_ey|J') + c.base64(80)}_${c.base64(43)}`,
    'sentry user': (c) => fixed('sn|tryu_') + c.hex(64),
    dynatrace: (c) => `${fixed('dt|0c01.')}${c.upper(24)}.${c.upper(64)}`,
    honeycomb: (c) => fixed('hc|aik_') + c.lower(58),
    posthog: (c) => fixed('ph|x_') + c.mixed(43),
    mapbox: (c) => `${fixed('sk|.ey|J')}${c.url(60)}.${c.url(22)}`,
    launchdarkly: (c) => fixed('sd|k-') + c.uuid(),
  },
};

/** Places where tokens stand, with nothing that names them. */
const PLACES: Record<string, (token: string) => string> = {
  prose: (token) => `I found ${token}, which looks unused.`,
  'JSON string': (token) => JSON.stringify({ notes: [`x ${token}`] }),
  'line break written out': (token) => `first\\n${token}\\nlast`,
  colour: (token) => `\u001b[32m${token}\u001b[0m`,
  'unrelated variable': (token) => `export MY_VALUE=${token}\necho done`,
};

export const tokenSamples = (c: Characters): Sample[] =>
  Object.entries(TOKENS).flatMap(([family, makers]) =>
    Object.entries(makers).flatMap(([service, make]) =>
      Object.entries(PLACES).map(([place, put]) => {
        const token = make(c);
        return sample(family, `${service} in ${place}`, put(token), token);
      }),
    ),
  );
