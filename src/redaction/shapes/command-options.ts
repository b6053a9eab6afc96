/** How the secret is written in the value of an option or a word. */
export type SecretForm =
  /** All of it. */
  | 'whole'
  /** `user:password` */
  | 'after-colon'
  /** `user,password` */
  | 'after-comma'
  /** `user%password` */
  | 'after-percent'
  /** `name=value` */
  | 'after-equals'
  /** `user/password@database` */
  | 'after-slash'
  /** `pass:password`, as openssl has it beside `env:` and `file:` */
  | 'after-pass';

/** An option, or a word, of some commands whose value is a secret though its name does not say so. */
export interface CommandSecret {
  /** Names of programs, separated by spaces. */
  readonly commands: string;
  /** Options whose value is the secret: `-u admin:pw`, `--user=admin:pw`. */
  readonly options?: string;
  /** One-letter options that the value follows without a space: `-phunter2`. */
  readonly attached?: string;
  /** Words of the command before the secret: `login` in `vault login hvs.…`. */
  readonly words?: string;
  /** How many words stand between those and the secret: the name in `pulumi config set --secret NAME VALUE`. */
  readonly skip?: number;
  /** Options that must be among the others: `-b` for `htpasswd -b file user password`. */
  readonly requires?: string;
  readonly form?: SecretForm;
}

const DATABASES =
  'mysql mysqldump mysqladmin mysqlimport mysqlcheck mysqlsh mariadb mariadb-dump mycli';
const REGISTRIES = 'docker podman nerdctl buildah skopeo crane oras helm oc argocd az ibmcloud cf';
const LDAP = 'ldapsearch ldapadd ldapmodify ldapdelete ldapwhoami ldappasswd ldapcompare';

/** One row for each way in which commands take a secret. To add one, add a row. */
export const COMMAND_SECRETS: readonly CommandSecret[] = [
  { commands: 'curl', options: '-u --user -U --proxy-user', form: 'after-colon' },
  { commands: 'curl', attached: '-u', form: 'after-colon' },
  { commands: 'curl wget', options: '-b --cookie', form: 'after-equals' },
  { commands: 'kubectl oc', attached: '--from-literal=', form: 'after-equals' },
  { commands: 'curl', options: '--oauth2-bearer --pass --proxy-pass --key-pass --tlspassword' },
  {
    commands: 'wget wget2',
    options: '--http-passwd --http-password --ftp-password --proxy-passwd',
  },
  { commands: 'http https xh xhs', options: '-a --auth', form: 'after-colon' },
  { commands: 'ab', options: '-A -P', form: 'after-colon' },
  { commands: 'lftp', options: '-u --user', form: 'after-comma' },
  { commands: 'smbclient smbget rpcclient smbmap', options: '-U --user', form: 'after-percent' },
  { commands: 'sqlplus sqlldr expdp impdp rman', words: '', form: 'after-slash' },
  { commands: REGISTRIES, words: 'login', options: '-p' },
  {
    commands: 'skopeo podman buildah',
    options: '--creds --src-creds --dest-creds',
    form: 'after-colon',
  },
  { commands: 'az', words: 'login', options: '-p --password' },
  { commands: 'az', options: '--account-key --sas-token --connection-string --admin-password' },
  { commands: 'sshpass', options: '-p', attached: '-p' },
  { commands: DATABASES, attached: '-p' },
  { commands: 'mysqladmin', words: 'password' },
  {
    commands: 'mongo mongosh mongodump mongorestore mongoexport mongoimport mongostat',
    options: '-p',
    attached: '-p',
  },
  { commands: 'redis-cli valkey-cli keydb-cli redis-benchmark', options: '-a --pass' },
  { commands: 'redis-cli valkey-cli', words: 'AUTH' },
  { commands: 'redis-cli valkey-cli', words: 'CONFIG SET requirepass' },
  { commands: 'sqlcmd bcp osql', options: '-P', attached: '-P' },
  { commands: 'clickhouse-client influx cqlsh tsql', options: '-p' },
  { commands: 'openssl', options: '-passin -passout -pass --passin', form: 'after-pass' },
  { commands: 'openssl', options: '-k -K' },
  {
    commands: 'keytool jarsigner apksigner',
    options: '-storepass -keypass -srcstorepass -deststorepass -new --ks-pass --key-pass',
  },
  { commands: 'gpg gpg2', options: '--passphrase' },
  { commands: 'ssh-keygen', options: '-N -P' },
  { commands: 'puttygen plink pscp psftp', options: '-pw -pwlog' },
  { commands: LDAP, options: '-w -s', attached: '-w' },
  { commands: 'htpasswd', requires: '-b', words: '', skip: 2 },
  { commands: 'htpasswd', requires: '-n', words: '', skip: 1 },
  { commands: 'useradd usermod', options: '-p' },
  { commands: 'net', words: 'user', skip: 1 },
  { commands: 'net', words: 'use', skip: 2 },
  { commands: 'cmdkey', attached: '/pass:' },
  { commands: 'xfreerdp wfreerdp freerdp', attached: '/p:' },
  { commands: 'rdesktop', options: '-p', attached: '-p' },
  { commands: 'zip unzip', options: '-P', attached: '-P' },
  { commands: '7z 7za 7zz rar unrar', attached: '-p' },
  { commands: 'pdftk qpdf', options: '--password user_pw owner_pw' },
  { commands: 'mosquitto_pub mosquitto_sub', options: '-P' },
  { commands: 'rabbitmqctl', words: 'add_user', skip: 1 },
  { commands: 'rabbitmqctl', words: 'change_password', skip: 1 },
  { commands: 'rabbitmqadmin', options: '-p' },
  { commands: 'ansible ansible-playbook', options: '--become-pass --conn-pass' },
  { commands: 'vault bao', words: 'login' },
  { commands: 'vault bao', words: 'unwrap' },
  { commands: 'vault bao', words: 'operator unseal' },
  { commands: 'consul nomad', options: '-token' },
  { commands: 'gh', words: 'secret set', options: '-b --body', attached: '-b' },
  { commands: 'gh', words: 'auth login', options: '--with-token' },
  { commands: 'glab', words: 'auth login', options: '-t --token' },
  { commands: 'npm pnpm yarn', words: 'config set', skip: 1, requires: '_authToken' },
  { commands: 'cargo', words: 'login' },
  { commands: 'gem', words: 'push', options: '-k --key' },
  { commands: 'nuget', words: 'push', options: '-k -ApiKey --api-key' },
  { commands: 'nuget', words: 'setapikey' },
  { commands: 'nuget', words: 'sources', options: '-Password' },
  { commands: 'twine uv', words: 'upload', options: '-p' },
  { commands: 'poetry', words: 'publish', options: '-p' },
  { commands: 'poetry', words: 'config', skip: 1, requires: 'pypi-token' },
  { commands: 'poetry', words: 'config', skip: 2, requires: 'http-basic' },
  { commands: 'snyk', words: 'auth' },
  { commands: 'wandb', words: 'login' },
  { commands: 'ngrok', words: 'authtoken' },
  { commands: 'ngrok', words: 'config add-authtoken' },
  { commands: 'huggingface-cli hf', words: 'login', options: '--token' },
  { commands: 'doctl', options: '-t --access-token' },
  { commands: 'flyctl fly', options: '-t --access-token' },
  { commands: 'vercel netlify', options: '-t --token --auth' },
  { commands: 'codecov codecovcli', options: '-t --token' },
  { commands: 'pulumi', words: 'config set', requires: '--secret', skip: 1 },
  { commands: 'bw', words: 'unlock' },
  { commands: 'bw', words: 'login', skip: 1 },
  { commands: 'op', words: 'signin', skip: 3 },
  { commands: 'security', words: 'add-generic-password', options: '-w' },
  { commands: 'security', words: 'unlock-keychain', options: '-p' },
  { commands: 'snowsql', options: '-p' },
  { commands: 'tailscale', words: 'up', options: '--authkey --auth-key' },
  { commands: 'hydra medusa', options: '-p' },
  { commands: 'crackmapexec netexec nxc evil-winrm', options: '-p' },
  { commands: 'ipmitool', options: '-P' },
  { commands: 'snmpwalk snmpget snmpset', options: '-A -X -c' },
  { commands: 'wpa_passphrase', words: '', skip: 1 },
];
