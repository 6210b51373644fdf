import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setPrefs } from './prefs-file.ts';
import { THUNDERBIRD_FOLDER } from './programs.ts';
import type { TestHome } from './test-home.ts';
import { QUIET_PREFS, type Prefs } from './test-prefs.ts';

export interface TestIdentity {
  readonly address: string;
  readonly name: string;
  /** Belongs to the account of the identity before it, as a second sender name. */
  readonly sameAccount?: boolean;
  /** Prefs of this identity, named without `mail.identity.idN.`. */
  readonly extraPrefs?: Prefs;
}

export interface TestProfileOptions {
  readonly home: TestHome;
  /** Name and folder of the profile; may hold spaces and letters outside ASCII. */
  readonly name?: string;
  readonly identities: readonly TestIdentity[];
  readonly smtpPort: number;
  readonly serverType?: 'pop3' | 'imap';
  readonly extraPrefs?: Prefs;
}

/** A profile that looks as if a person had set up their mail in it, and nothing for mail security. */
export interface TestProfile {
  readonly home: TestHome;
  readonly name: string;
  readonly folder: string;
  readonly addresses: readonly string[];
  /** Thunderbird's name ("id1") of the identity with this address. */
  identityId(address: string): string;
}

/** The hash of /usr/lib/thunderbird in profiles.ini (toolkit/xre, GetInstallHash); as seen in a real one. */
const INSTALL_HASH = 'FDC34C9F024745EB';

/** Writes a profile into the home: ini files, prefs.js, compatibility.ini. The last one made is the one in use. */
export function createThunderbirdProfile(options: TestProfileOptions): TestProfile {
  const name = options.name ?? 'jtvgalne.default-default';
  const folder = join(options.home.thunderbirdFolder, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  register(options.home.thunderbirdFolder, name);
  writeFileSync(join(folder, 'compatibility.ini'), compatibilityIni(), { mode: 0o600 });
  setPrefs(folder, { ...mailPrefs(options), ...QUIET_PREFS, ...options.extraPrefs });
  const addresses = options.identities.map((identity) => identity.address);
  return {
    home: options.home,
    name,
    folder,
    addresses,
    identityId: (address) => {
      const index = addresses.indexOf(address);
      if (index < 0) throw new Error(`The profile has no identity ${address}`);
      return `id${index + 1}`;
    },
  };
}

function mailPrefs(options: TestProfileOptions): Prefs {
  const type = options.serverType ?? 'pop3';
  const prefs: Record<string, string | number | boolean> = {};
  const accounts: { identities: string[] }[] = [];
  options.identities.forEach((identity, index) => {
    const id = `id${index + 1}`;
    const last = accounts.at(-1);
    if (identity.sameAccount === true && last !== undefined) last.identities.push(id);
    else {
      accounts.push({ identities: [id] });
      Object.assign(prefs, serverPrefs(accounts.length, type, identity.address));
    }
    const own: Prefs = {
      fullName: identity.name,
      useremail: identity.address,
      smtpServer: 'smtp1',
      valid: true,
      // Sent mail and drafts stay on this computer, so that no IMAP server is needed.
      fcc_folder: 'mailbox://nobody@Local%20Folders/Sent',
      draft_folder: 'mailbox://nobody@Local%20Folders/Drafts',
      ...identity.extraPrefs,
    };
    for (const [key, value] of Object.entries(own)) prefs[`mail.identity.${id}.${key}`] = value;
  });
  accounts.forEach((account, index) => {
    prefs[`mail.account.account${index + 1}.identities`] = account.identities.join(',');
    prefs[`mail.account.account${index + 1}.server`] = `server${index + 1}`;
  });
  const local = accounts.length + 1;
  return {
    ...prefs,
    'mail.accountmanager.accounts': Array.from({ length: local }, (_, index) => `account${index + 1}`).join(','),
    'mail.accountmanager.defaultaccount': 'account1',
    'mail.accountmanager.localfoldersserver': `server${local}`,
    'mail.account.lastKey': local,
    [`mail.account.account${local}.server`]: `server${local}`,
    [`mail.server.server${local}.type`]: 'none',
    [`mail.server.server${local}.hostname`]: 'Local Folders',
    [`mail.server.server${local}.userName`]: 'nobody',
    [`mail.server.server${local}.name`]: 'Local Folders',
    [`mail.server.server${local}.directory-rel`]: '[ProfD]Mail/Local Folders',
    'mail.smtpservers': 'smtp1',
    'mail.smtp.defaultserver': 'smtp1',
    'mail.smtpserver.smtp1.hostname': '127.0.0.1',
    'mail.smtpserver.smtp1.port': options.smtpPort,
    'mail.smtpserver.smtp1.try_ssl': 0,
    'mail.smtpserver.smtp1.authMethod': 1,
    'mail.smtpserver.smtp1.username': '',
  };
}

function serverPrefs(number: number, type: 'pop3' | 'imap', address: string): Prefs {
  const own: Prefs = {
    type,
    hostname: `mail${number}.example.test`,
    userName: address.slice(0, address.lastIndexOf('@')),
    name: address,
    socketType: 0,
    authMethod: 3,
    login_at_startup: false,
    check_new_mail: false,
    'directory-rel': `[ProfD]${type === 'pop3' ? 'Mail' : 'ImapMail'}/mail${number}.example.test`,
  };
  return Object.fromEntries(Object.entries(own).map(([key, value]) => [`mail.server.server${number}.${key}`, value]));
}

/** Adds the profile to profiles.ini and makes it the one that the installation starts with. */
function register(thunderbirdFolder: string, name: string): void {
  const file = join(thunderbirdFolder, 'profiles.ini');
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const paths = [...before.matchAll(/^Path=(.*)$/gm)].map((match) => match[1] ?? '').filter((path) => path !== name);
  const sections = [...paths, name].map(
    (path, index) => `[Profile${index}]\nName=${path.replace(/^[^.]*\./, '')}\nIsRelative=1\nPath=${path}\n`,
  );
  const install = `Default=${name}\nLocked=1\n`;
  const general = '[General]\nStartWithLastProfile=1\nVersion=2\n';
  writeFileSync(file, [`[Install${INSTALL_HASH}]\n${install}`, ...sections, general].join('\n'), { mode: 0o600 });
  writeFileSync(join(thunderbirdFolder, 'installs.ini'), `[${INSTALL_HASH}]\n${install}\n`, { mode: 0o600 });
}

/** As the installed Thunderbird itself would write it: version_build/build. */
function compatibilityIni(): string {
  const application = readFileSync(join(THUNDERBIRD_FOLDER, 'application.ini'), 'utf8');
  const of = (key: string): string => new RegExp(`^${key}=(.*)$`, 'm').exec(application)?.[1] ?? '';
  const build = of('BuildID');
  return [
    '[Compatibility]',
    `LastVersion=${of('Version')}_${build}/${build}`,
    'LastOSABI=Linux_x86_64-gcc3',
    `LastPlatformDir=${THUNDERBIRD_FOLDER}`,
    `LastAppDir=${THUNDERBIRD_FOLDER}`,
    '',
  ].join('\n');
}
