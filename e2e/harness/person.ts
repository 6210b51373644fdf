import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endymailDone, type EndymailRun } from './endymail.ts';
import { startKeyring, type Keyring } from './keyring.ts';
import { openPkcs12, type KeyPairBytes } from './openssl-mail.ts';
import type { SmtpSink } from './smtp-sink.ts';
import { createTestHome, type TestHome } from './test-home.ts';
import type { Prefs } from './test-prefs.ts';
import { createThunderbirdHandle, startOnce, type ThunderbirdHandle } from './thunderbird.ts';
import { createThunderbirdProfile, type TestIdentity, type TestProfile } from './thunderbird-profile.ts';

/**
 * How certificates get into Thunderbird; both must bring about the same. `headless` is what happens on a computer
 * without the NSS tools, and is tested as such: they are not on the PATH.
 */
export const ROUTES = Object.freeze(['nss-tools', 'headless'] as const);
export type Route = (typeof ROUTES)[number];

/** Somebody at a computer of their own: a home, a keyring, a Thunderbird that was used before, and Endymail. */
export interface Person extends AsyncDisposable {
  readonly address: string;
  readonly home: TestHome;
  readonly keyring: Keyring;
  readonly profile: TestProfile;
  readonly thunderbird: ThunderbirdHandle;
  /** The environment in which this person's Endymail runs. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs a command of Endymail that must go well. Thunderbird must be closed where the command changes prefs. */
  endymail(...args: readonly string[]): Promise<EndymailRun>;
  /** Writes the public part of a mailbox; returns the file. */
  share(address?: string): Promise<string>;
  /** The key of a mailbox, by `endymail export` as for a phone. */
  exportKey(address?: string): Promise<KeyPairBytes & { readonly authorities: readonly Uint8Array[] }>;
  dispose(): Promise<void>;
}

export interface PersonOptions {
  readonly identities: readonly [TestIdentity, ...TestIdentity[]];
  readonly sink: SmtpSink;
  readonly route?: Route;
  /** The X display that the person's Thunderbird shows itself on, e.g. ":7"; without a window by default. */
  readonly display?: string | undefined;
  /** Prefs beside those of the accounts. */
  readonly extraPrefs?: Prefs;
  /** Name of the profile's folder. */
  readonly profileName?: string;
}

const EXPORT_PASSPHRASE = 'four words on a phone';

export async function createPerson(options: PersonOptions): Promise<Person> {
  const [{ address }] = options.identities;
  const home = createTestHome(address.replace(/@.*/, ''));
  try {
    const keyring = await startKeyring({ home: home.folder });
    home.onDispose(() => keyring.stop());
    const profile = createThunderbirdProfile({
      home,
      ...(options.profileName === undefined ? {} : { name: options.profileName }),
      identities: options.identities,
      smtpPort: options.sink.port,
      ...(options.extraPrefs === undefined ? {} : { extraPrefs: options.extraPrefs }),
    });
    await startOnce(profile);
    const thunderbird = createThunderbirdHandle(
      profile,
      options.display === undefined ? {} : { display: options.display },
    );
    home.onDispose(() => thunderbird.closed());
    return personAt({ address, home, keyring, profile, thunderbird, route: options.route });
  } catch (error) {
    await home.dispose();
    throw error;
  }
}

function personAt(
  o: Pick<Person, 'address' | 'home' | 'keyring' | 'profile' | 'thunderbird'> & { route: Route | undefined },
): Person {
  const env = {
    ...o.keyring.env,
    TMPDIR: o.home.temporaryFolder,
    ...(o.route === 'headless' ? { PATH: folderWithoutPrograms(o.home) } : {}),
  };
  const run: Person['endymail'] = (...args) => endymailDone(args, { home: o.home, env });
  const file = (name: string): string => {
    mkdirSync(join(o.home.scratchFolder, 'files'), { recursive: true });
    return join(o.home.scratchFolder, 'files', `${crypto.randomUUID()}-${name}`);
  };
  return {
    ...o,
    env,
    endymail: run,
    share: async (address = o.address) => {
      const out = file('public-part.json');
      await run('share', address, '--out', out);
      return out;
    },
    exportKey: async (address = o.address) => {
      const [out, passphraseFile] = [file('key.p12'), file('passphrase')];
      writeFileSync(passphraseFile, `${EXPORT_PASSPHRASE}\n`, { mode: 0o600 });
      await run('export', address, '--out', out, '--p12-passphrase-file', passphraseFile);
      return openPkcs12(readFileSync(out), EXPORT_PASSPHRASE);
    },
    dispose: () => o.home.dispose(),
    [Symbol.asyncDispose]: () => o.home.dispose(),
  };
}

function folderWithoutPrograms(home: TestHome): string {
  const folder = join(home.scratchFolder, 'no-programs');
  mkdirSync(folder);
  return folder;
}

/** Each gets to know the other, as two people do who exchange their files. */
export async function introduce(one: Person, other: Person): Promise<void> {
  const [first, second] = [await one.share(), await other.share()];
  await one.endymail('import-peer', second, '--yes');
  await other.endymail('import-peer', first, '--yes');
}
