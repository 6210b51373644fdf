import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createPerson,
  createTestPerson,
  endymail,
  publicPartFile,
  readPrefs,
  removePrefs,
  requirePrograms,
  sendMessage,
  sendRefused,
  setUpByHand,
  startSmtpSink,
  wireOf,
  type EndymailRun,
  type Person,
  type SentMessage,
  type SmtpSink,
  type TestPerson,
} from '../harness/index.ts';

const ALICE = 'alice@example.test';
const WORK = 'alice@work.test';
const BOB = 'bob@example.test';
const STRANGER = 'stranger@example.test';

/**
 * Alice has a second mailbox in the same profile, with a certificate of her own, and has set it to require encryption.
 * Automatic encryption is a switch of the whole profile, and takes that from her: not without her word.
 */
describe('a mailbox that requires encryption beside the one that is enabled', () => {
  requirePrograms('thunderbird', 'openssl', 'certutil', 'pk12util', 'gnome-keyring-daemon', 'dbus-daemon');
  let sink: SmtpSink;
  let alice: Person;
  let bob: TestPerson;

  const prefsFile = (): string => readFileSync(join(alice.profile.folder, 'prefs.js'), 'utf8');
  /** A command that may end in any way. */
  const attempt = (...args: readonly string[]): Promise<EndymailRun> =>
    endymail(args, { home: alice.home, env: alice.keyring.env });
  const from = async (sender: string, to: string): Promise<SentMessage> =>
    sendMessage(await alice.thunderbird.running(), sink, { from: sender, to: [to], body: 'a line' });
  const refused = async (sender: string, to: string): Promise<string> =>
    sendRefused(await alice.thunderbird.running(), { from: sender, to: [to], body: 'a line' });
  const closed = (): Promise<void> => alice.thunderbird.closed();

  beforeAll(async () => {
    sink = await startSmtpSink();
    alice = await createPerson({
      identities: [
        { address: ALICE, name: 'Alice Example' },
        { address: WORK, name: 'Alice Smith', extraPrefs: { encryptionpolicy: 2 } },
      ],
      sink,
    });
    bob = await createTestPerson(BOB, 'Bob Example');
    await setUpByHand(alice.profile, await createTestPerson(WORK, 'Alice Smith'), []);
    removePrefs(alice.profile.folder, ['mail.e2ee.auto_enable', 'mail.e2ee.auto_disable']);
  });

  afterAll(async () => {
    await alice.dispose();
    await sink.close();
  });

  it('[SEC-23] is not overruled by --yes: it is named, and nothing is changed', async () => {
    const before = prefsFile();
    const run = await attempt('enable', ALICE, '--yes', '--json');
    expect(run.code).toBe(3);
    expect(run.json()).toMatchObject({ error: { code: 'profile-wide-consent' } });
    expect(run.stdout).toContain(WORK);
    expect(prefsFile()).toBe(before);
  });

  it('[SEC-23] its own certificate is not replaced by --yes', async () => {
    const before = prefsFile();
    const run = await attempt('enable', WORK, '--yes', '--json', '--accept-profile-wide');
    expect(run.code).toBe(3);
    expect(run.json()).toMatchObject({ error: { code: 'own-setup' } });
    expect(prefsFile()).toBe(before);
  });

  it('keeps refusing unencrypted mail where the other mailbox is set up by hand', async () => {
    const run = await attempt('enable', ALICE, '--yes', '--by-hand');
    expect(run.code).toBe(0);
    await alice.endymail('import-peer', publicPartFile(bob, alice.home), '--yes');
    expect(await refused(WORK, STRANGER)).toContain(STRANGER);
    const sent = await from(ALICE, BOB);
    expect(sent.state).toMatchObject({ encrypted: false });
    await closed();
    expect(readPrefs(alice.profile.folder)).not.toHaveProperty(['mail.e2ee.auto_enable']);
  });

  it('stops refusing it when alice accepted that, and not before', async () => {
    const plan = await attempt('plan', ALICE, '--json', '--accept-profile-wide');
    expect(plan.json()).toMatchObject({
      plans: [{ consents: [{ identities: [{ address: WORK, loses: 'require-encryption' }] }] }],
    });
    const run = await attempt('enable', ALICE, '--yes', '--accept-profile-wide');
    expect(run.code).toBe(0);
    const toBob = await from(ALICE, BOB);
    expect(wireOf(toBob.mail.bytes)).toBe('enveloped-data');
    const toStranger = await from(WORK, STRANGER);
    expect(wireOf(toStranger.mail.bytes)).toBe('plain');
    await closed();
  });

  it('requires encryption again after the undo, with its own certificate', async () => {
    const run = await attempt('disable', '--all', '--yes');
    expect(run.code).toBe(0);
    const prefs = readPrefs(alice.profile.folder);
    expect(prefs).not.toHaveProperty(['mail.e2ee.auto_enable']);
    expect(prefs).toHaveProperty([`mail.identity.${alice.profile.identityId(WORK)}.signing_cert_dbkey`]);
    expect(await refused(WORK, STRANGER)).toContain(STRANGER);
  });
});
