import { Redacted } from '@endymail/shared/result';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorityFingerprint, certificateId } from '../../main/agent/certificates/index.ts';
import { openAgent, restoreBackup, type Agent } from '../../main/agent/index.ts';
import { writePublicPart } from '../../main/agent/people/public-part.ts';
import {
  certificateFor,
  createTestHome,
  createTestPerson,
  createThunderbirdHandle,
  createThunderbirdProfile,
  inspectMail,
  keyPairBytes,
  openMessage,
  openPkcs12,
  receiveMessage,
  requirePrograms,
  sendMessage,
  startOnce,
  startSmtpSink,
  testAddress,
  type SentMessage,
  type SmtpSink,
  type TestHome,
  type TestProfile,
  type ThunderbirdHandle,
} from '../harness/index.ts';
import { valueOf } from '../contract/thunderbird-world.ts';

const ALICE = testAddress('alice@example.test');
const DAY_MS = 86_400_000;
/** Past two thirds of 825 days, and before their end: what was made then is good today, and due. */
const AGE_MS = 600 * DAY_MS;
const PASSPHRASE = new Redacted('four random words here');

interface Computer {
  readonly home: TestHome;
  readonly profile: TestProfile;
  readonly thunderbird: ThunderbirdHandle;
}

/** The agent's clock is the one that is faked; Thunderbird and openssl judge by that of the machine. */
describe('a certificate of 600 days', () => {
  requirePrograms('thunderbird', 'openssl', 'certutil', 'pk12util');
  let sink: SmtpSink;
  let first: Computer;
  let old: SentMessage;
  let oldKey: ReturnType<typeof keyOf> extends Promise<infer Key> ? Key : never;

  const computer = async (name: string): Promise<Computer> => {
    const home = createTestHome(name);
    const identities = [{ address: ALICE, name: 'Alice Example' }];
    const profile = createThunderbirdProfile({ home, identities, smtpPort: sink.port });
    await startOnce(profile);
    const thunderbird = createThunderbirdHandle(profile);
    home.onDispose(() => thunderbird.closed());
    return { home, profile, thunderbird };
  };

  const options = ({ home }: Computer, now: () => Date) => ({
    home: home.endymailFolder,
    system: { platform: process.platform, homeDir: home.folder, env: home.env, now },
    command: 'test',
    keychain: 'file' as const,
    passphrase: () => Promise.resolve({ ok: true as const, value: PASSPHRASE }),
  });

  /** What is done by an agent whose clock is `ageMs` behind, while Thunderbird is closed. */
  const withAgent = async <T>(on: Computer, ageMs: number, work: (agent: Agent) => Promise<T>): Promise<T> => {
    await on.thunderbird.closed();
    const agent = valueOf(await openAgent(options(on, () => new Date(Date.now() - ageMs))));
    try {
      return await work(agent);
    } finally {
      agent.close();
    }
  };

  const keyOf = async (agent: Agent) =>
    openPkcs12(valueOf(await agent.exportKey(ALICE, PASSPHRASE)).reveal(), PASSPHRASE.reveal());

  beforeAll(async () => {
    sink = await startSmtpSink();
    first = await computer('renewal');
    oldKey = await withAgent(first, AGE_MS, async (agent) => {
      expect(valueOf(await agent.enable([ALICE], {})).waiting).toEqual([]);
      return keyOf(agent);
    });
    old = await sendMessage(await first.thunderbird.running(), sink, { to: [ALICE], body: 'from long ago' });
  });

  afterAll(async () => {
    await first.home.dispose();
    await sink.close();
  });

  it('is renewed by the next command: new mail is signed and encrypted with the new one, old mail still opens', async () => {
    expect(old.state).toMatchObject({ encrypted: true, signed: true });
    expect(
      await inspectMail(old.mail.bytes, { recipient: oldKey, senderAuthority: oldKey.authorities[0]! }),
    ).toMatchObject({ signature: { valid: true, signerAddresses: [ALICE] } });
    const bob = await createTestPerson('bob@example.test', 'Bob Example');
    const part = writePublicPart({
      address: bob.address,
      authority: bob.authority.certificate,
      certificate: bob.own.certificate,
    });
    const newKey = await withAgent(first, 0, async (agent) => {
      expect(valueOf(await agent.reconcile()).waiting).toEqual([]);
      valueOf(await agent.addPerson(part, authorityFingerprint(bob.authority.certificate)));
      expect(valueOf(await agent.reconcile()).done).toEqual([]);
      return keyOf(agent);
    });
    expect(newKey.authorities).toEqual(oldKey.authorities);
    expect(certificateId(newKey.certificate)).not.toBe(certificateId(oldKey.certificate));

    const thunderbird = await first.thunderbird.running();
    const toBob = await sendMessage(thunderbird, sink, { to: [bob.address], body: 'from today' });
    const seen = await inspectMail(toBob.mail.bytes, {
      recipient: keyPairBytes(bob.own),
      senderAuthority: newKey.authorities[0]!,
    });
    expect(seen).toMatchObject({ wire: 'enveloped-data', signature: { valid: true, signerAddresses: [ALICE] } });
    expect(seen.signature?.carries.map(certificateId)).toEqual([certificateId(newKey.certificate)]);
    const byAlice = await inspectMail(toBob.mail.bytes, { recipient: newKey, senderAuthority: newKey.authorities[0]! });
    expect(byAlice.signature?.text).toContain('from today');
    expect(await certificateFor(thunderbird, ALICE)).toMatchObject({ sha256: certificateId(newKey.certificate) });

    expect(await openMessage(thunderbird, await receiveMessage(thunderbird, old.mail.bytes))).toMatchObject({
      encryptionIcon: 'ok',
      signatureIcon: 'ok',
      body: expect.stringContaining('from long ago') as string,
    });
  });

  it('[SEC-29] opens old mail on another computer, too, when the backup is restored there', async () => {
    const file = await withAgent(first, 0, async (agent) => valueOf(await agent.backup(PASSPHRASE)));
    const second = await computer('renewal-elsewhere');
    try {
      valueOf(
        await restoreBackup({
          ...options(second, () => new Date()),
          file,
          backupPassphrase: PASSPHRASE,
          setAside: false,
        }),
      );
      await withAgent(second, 0, async (agent) => {
        expect(valueOf(await agent.reconcile()).waiting).toEqual([]);
        expect(valueOf(await agent.check(ALICE))[0]?.steps.filter(({ state }) => state === 'broken')).toEqual([]);
      });
      const thunderbird = await second.thunderbird.running();
      expect(await openMessage(thunderbird, await receiveMessage(thunderbird, old.mail.bytes))).toMatchObject({
        encryptionIcon: 'ok',
        body: expect.stringContaining('from long ago') as string,
      });
    } finally {
      await second.home.dispose();
    }
  });
});
