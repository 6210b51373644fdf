import { join } from 'node:path';
import type { ClientProfile, MailAddress } from '@endymail/shared/mail';
import type { Failure, Result } from '@endymail/shared/result';
import {
  createAnchor,
  issueCrossCertificate,
  transportKey,
  type KeyAndCertificate,
} from '../../main/agent/certificates/index.ts';
import type {
  IdentityTarget,
  MailClientAdapter,
  PersonTarget,
  ProfileTarget,
} from '../../main/agent/mail-clients/adapter.ts';
import {
  createThunderbirdAdapter,
  type StoreRoute,
  type ThunderbirdAdapterOptions,
} from '../../main/agent/mail-clients/thunderbird/index.ts';
import {
  createTestHome,
  createTestPerson,
  createThunderbirdProfile,
  inPrivateFolder,
  runProgram,
  startOnce,
  THUNDERBIRD_FOLDER,
  type TestHome,
  type TestIdentity,
  type TestPerson,
  type TestProfile,
} from '../harness/index.ts';

/** Alice with two mailboxes in one profile, bob and carol whom she knows, and the adapter under test. */
export interface World extends AsyncDisposable {
  readonly home: TestHome;
  readonly profile: TestProfile;
  readonly adapter: MailClientAdapter;
  readonly alice: TestPerson;
  readonly work: TestPerson;
  readonly bob: TestPerson;
  readonly carol: TestPerson;
  readonly anchor: KeyAndCertificate;
  /** The profile as it is discovered now. */
  readonly discovered: () => Promise<ClientProfile>;
  readonly person: (person: TestPerson) => Promise<PersonTarget>;
  readonly identity: (person: TestPerson, change?: Partial<IdentityTarget>) => IdentityTarget;
  /** A target with these mailboxes and people, and the automatic switch while there is a mailbox. */
  readonly target: (mailboxes: readonly TestPerson[], people?: readonly TestPerson[]) => Promise<ProfileTarget>;
  /** As the person does it in Thunderbird's settings. */
  readonly setPrimaryPassword: (password: string) => Promise<void>;
  /** Another adapter on the same profile and journal. */
  readonly adapterWith: (options: Partial<ThunderbirdAdapterOptions>) => MailClientAdapter;
}

export interface WorldOptions {
  readonly route?: StoreRoute;
  /** Whether Thunderbird was started with the profile before, as it was with every real one. */
  readonly started?: boolean;
  readonly identities?: Partial<Record<'alice' | 'work', Partial<TestIdentity>>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly name?: string;
}

/** Nobody listens there: nothing is sent in these tests. */
const NO_SMTP_PORT = 9;

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const home = createTestHome('adapter');
  const [alice, work, bob, carol] = await Promise.all([
    createTestPerson('alice@example.test', 'Alice Example'),
    createTestPerson('alice@work.test', 'Alice at Work'),
    createTestPerson('bob@example.test', 'Bob Example'),
    createTestPerson('carol@example.test', 'Carol Example'),
  ]);
  const profile = createThunderbirdProfile({
    home,
    smtpPort: NO_SMTP_PORT,
    identities: [
      { address: alice.address, name: alice.name, ...options.identities?.alice },
      { address: work.address, name: work.name, ...options.identities?.work },
    ],
    ...(options.name === undefined ? {} : { name: options.name }),
  });
  try {
    if (options.started ?? true) await startOnce(profile);
  } catch (error) {
    await home.dispose();
    throw error;
  }
  const anchor = await createAnchor({ now: new Date() });
  const adapterWith = (change: Partial<ThunderbirdAdapterOptions>): MailClientAdapter =>
    createThunderbirdAdapter({
      system: {
        platform: process.platform,
        homeDir: home.folder,
        env: { ...home.env, ...options.env },
        now: () => new Date(),
      },
      clientsFolder: clientsFolder(home),
      ...(options.route === undefined ? {} : { route: options.route }),
      ...change,
    });
  const crossCertificates = new Map<MailAddress, Promise<Uint8Array>>();
  const crossCertificate = (person: TestPerson): Promise<Uint8Array> => {
    const made =
      crossCertificates.get(person.address) ??
      issueCrossCertificate({
        anchor,
        authority: person.authority.certificate,
        address: person.address,
        now: new Date(),
      });
    crossCertificates.set(person.address, made);
    return made;
  };
  const adapter = adapterWith({});
  const person = async (known: TestPerson): Promise<PersonTarget> => ({
    address: known.address,
    certificate: known.own.certificate,
    crossCertificate: await crossCertificate(known),
  });
  const identity = (mailbox: TestPerson, change: Partial<IdentityTarget> = {}): IdentityTarget => ({
    identityId: profile.identityId(mailbox.address),
    address: mailbox.address,
    authority: mailbox.authority.certificate,
    certificate: mailbox.own.certificate,
    pkcs12: () => transportKey(mailbox.own),
    former: [],
    replaceOwn: false,
    ...change,
  });
  return {
    home,
    profile,
    adapter,
    alice,
    work,
    bob,
    carol,
    anchor,
    discovered: async () => {
      const { profiles, problems } = await adapter.discover();
      const found = profiles.find(({ path }) => path === profile.folder);
      if (found === undefined) throw new Error(`The profile was not found: ${JSON.stringify(problems)}`);
      return found;
    },
    person,
    identity,
    target: async (mailboxes, people = []) => ({
      identities: mailboxes.map((mailbox) => identity(mailbox)),
      anchor: people.length > 0 ? anchor.certificate : null,
      people: await Promise.all(people.map(person)),
      automatic: mailboxes.length > 0 ? { autoEnable: true, autoDisable: true } : null,
      changedByHand: 'leave',
    }),
    adapterWith,
    setPrimaryPassword: async (password) => {
      await inPrivateFolder(async (folder) => {
        const files = ['-f', folder.put('old', '\n'), '-@', folder.put('new', `${password}\n`)];
        // Thunderbird's own NSS: it seals under more rounds than the one of the tools.
        const env = { ...home.env, LD_LIBRARY_PATH: THUNDERBIRD_FOLDER };
        const run = await runProgram('certutil', ['-W', '-d', `sql:${profile.folder}`, ...files], { env });
        if (run.code !== 0) throw new Error(run.stderr.toString());
      });
    },
    [Symbol.asyncDispose]: () => home.dispose(),
  };
}

/** Where the journals of a test home are. */
export const clientsFolder = (home: TestHome): string => join(home.endymailFolder, 'clients');

/** The value of what must have gone well. */
export function valueOf<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message} ${result.error.detail ?? ''}`);
  return result.value;
}

/** The code of what must have failed. */
export function codeOf(result: Result<unknown, Failure>): string {
  return result.ok ? 'ok' : result.error.code;
}
