import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createTestHome,
  createTestPerson,
  createThunderbirdProfile,
  startKeyring,
  type TestHome,
  type TestProfile,
} from '@endymail/e2e/harness';
import { openAgent, type Agent } from '@endymail/main/agent';
import { certificateNickname, transportKey } from '@endymail/main/agent/certificates';
import { err, failure, type Failure, type Result } from '@endymail/shared/result';
import { addresses, identities, makeStore, nss } from './mailboxes.ts';
import { measure, timed, type Measured } from './measure.ts';

export interface EnablingOptions {
  readonly mailboxes: number;
  readonly runs: number;
  /** `first`: the home is made and the keychain asked on the way. `known`: the agent is open and has a home. */
  readonly agent: 'first' | 'known';
}

/**
 * Enables mailboxes through the agent, from the keys to the settings, compared to nothing but what can not be left out:
 * making the same keys, and one run of certutil for the CAs and one of pk12util for each key.
 *
 * The two do not do the same job, and the bare side is not given the rest on purpose: it is a floor. Certificates and
 * PKCS#12 lie ready for it before the clock starts. What the agent does beyond it, it does within the goal: it reads the
 * profile (to find the mailbox, for the plan, and once more under the lock), issues two certificates a mailbox and packs
 * its key, brings its sealed state and a journal of what stood there before to disk, looks whether the store took what it
 * was given, and writes the settings.
 */
export async function benchEnabling({ mailboxes, runs, agent }: EnablingOptions): Promise<Measured> {
  const count = mailboxes === 1 ? '1 mailbox' : `${mailboxes} mailboxes`;
  return measure({
    name: agent === 'known' ? `enabling ${count}` : `enabling ${count}, making home and keychain entry on the way`,
    comparedTo: 'the bare NSS commands and key generations',
    goal: agent === 'known' ? 1.5 : null,
    runs,
    ours: () => enableThroughAgent(mailboxes, agent),
    bare: () => enableBare(mailboxes),
  });
}

async function enableThroughAgent(count: number, kind: EnablingOptions['agent']): Promise<number> {
  await using home = createTestHome('ours');
  await profileIn(home, count);
  await using keyring = await startKeyring({ home: home.folder });
  // The agent asks the keychain of its own session; here that is the one of the temporary home.
  Object.assign(process.env, keyring.env);
  if (kind === 'first') {
    return await timed(async () => {
      const agent = await open(home);
      await enable(agent, count);
      agent.close();
    });
  }
  const agent = await open(home);
  valueOf(await agent.changeSettings({ autoDisable: true }));
  const taken = await timed(() => enable(agent, count));
  agent.close();
  return taken;
}

async function open(home: TestHome): Promise<Agent> {
  const opened = await openAgent({
    home: home.endymailFolder,
    keychain: 'os',
    passphrase: () => Promise.resolve(err(failure('passphrase-needed'))),
    system: {
      platform: process.platform,
      homeDir: home.folder,
      env: { ...home.env, PATH: process.env['PATH'] },
      now: () => new Date(),
    },
    command: 'bench',
    route: 'nss-tools',
  });
  return valueOf(opened);
}

async function enable(agent: Agent, count: number): Promise<void> {
  const report = valueOf(await agent.enable(addresses(count), { acceptProfileWide: true }));
  if (report.waiting.length > 0) throw new Error(report.waiting.map(({ why }) => why.message).join());
}

async function enableBare(count: number): Promise<number> {
  await using home = createTestHome('bare');
  const { folder } = await profileIn(home, count);
  const work = join(home.scratchFolder, 'bare');
  mkdirSync(work, { mode: 0o700 });
  const people = await Promise.all(identities(count).map(({ address, name }) => createTestPerson(address, name)));
  const keys = await Promise.all(
    people.map(async ({ own }, index) => {
      const { pkcs12, password } = await transportKey(own);
      writeFileSync(join(work, `${index}.p12`), pkcs12.reveal(), { mode: 0o600 });
      writeFileSync(join(work, `${index}.password`), `${password.reveal()}\n`, { mode: 0o600 });
      return index;
    }),
  );
  const batch = people.map(({ authority }, index) => {
    const file = join(work, `${index}.crt`);
    writeFileSync(file, authority.certificate);
    return `-A -n ${certificateNickname(authority.certificate)} -t ,C, -i ${file}\n`;
  });
  writeFileSync(join(work, 'batch'), batch.join(''));
  writeFileSync(join(work, 'empty'), '\n');
  const store = ['-d', `sql:${folder}`];
  return await timed(async () => {
    // For each mailbox the key of its CA and its own.
    for (let key = 0; key < 2 * count; key += 1) {
      await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    }
    await nss('certutil', ['-B', '-i', join(work, 'batch'), '-f', join(work, 'empty'), ...store]);
    for (const index of keys) {
      const [key, password] = [join(work, `${index}.p12`), join(work, `${index}.password`)];
      await nss('pk12util', ['-i', key, '-w', password, '-k', join(work, 'empty'), ...store]);
    }
  });
}

async function profileIn(home: TestHome, count: number): Promise<TestProfile> {
  const profile = createThunderbirdProfile({ home, identities: identities(count), smtpPort: 9 });
  await makeStore(profile.folder);
  return profile;
}

function valueOf<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message} ${result.error.detail ?? ''}`);
  return result.value;
}
