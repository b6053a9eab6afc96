/*
 * The words of names that decide what their values are. The last word of a name decides: `DB_PASSWORD`, `dbPassword`
 * and `db-password` have the same words.
 */

const words = (list: string) => new Set(list.split(' '));

/** Matches a last word that always means a password: also in German, Spanish, Portuguese, French, Italian and Dutch. */
export const PASSWORD_WORD =
  /(?:password|passwd|passphrase|passcode|pwd|sshpass|passwort|kennwort|contrasena|senha|motdepasse|wachtwoord|psk)$/;
/** Last words that mean a password where another word is before them: `DB_PASS`, `mysql_pw`. */
export const SHORT_PASSWORD_WORDS = words('pass pw');
/** Matches a last word that means a token even where it is joined to another: `authtoken`, `GITHUB_PAT`. */
export const TOKEN_WORD = /token$/;
/** Last words that mean a token where another word is before them. */
export const SHORT_TOKEN_WORDS = words('pat jwt bearer');
/** Last words that mean a credential if the value looks like one. */
export const CREDENTIAL_WORDS = words('credential credentials creds mnemonic');
/** Last words that mean a session or a token if the value looks random. */
export const SESSION_WORDS = words('jsessionid phpsessid sessionid sessid sid jwt bearer pat');
/** Matches a last word in which a key has its purpose: `apikey`, `PresharedKey`. */
export const JOINED_KEY_WORD =
  /(?:api|app|secret|access|private|auth|account|master|license|encryption|signing|session|service|client|storage|deploy|webhook|shared|consumer|admin|ingest|subscription|integration|preshared|crypt)key$/;

/** Words that make a `key` after them a secret: `api_key`, `SSH_KEY`. */
export const SECRET_KEY_WORDS = words(
  'api app application secret private access encryption decryption signing ssh master auth account subscription service deploy license storage shared client consumer jwt hmac crypt cipher webhook admin functions x preshared integration ingest upload backup in nonce instrumentation write',
);
/** Words that make a `key` after them no secret: `cache_key`, `primaryKey`. */
export const ORDINARY_KEY_WORDS = words(
  'public cache primary foreign partition sort idempotency dedup object group routing host known websocket composite unique index row translation i18n event query hash store state react config map dict json column field natural business record sorted hot short accept',
);
/** Words that make a `token` after them one of a language model or of a paged list: `eos_token`, `next_page_token`. */
export const ORDINARY_TOKEN_WORDS = words(
  'eos bos pad unk sep cls mask special stop page next continuation image turn per',
);
/** Words that make a `salt` after them a secret of a site: `AUTH_SALT`. */
export const SECRET_SALT_WORDS = words('auth secure logged nonce in password secret app hash jwt');

/** The names after which the whole object holds secrets: `{"secrets": {"A": "…"}}`. */
export const STORE_WORD = /^(?:secrets|passwords|credentials)$/;
