import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createTestHome,
  createTestPerson,
  createThunderbirdHandle,
  createThunderbirdProfile,
  endymail,
  publicPartFile,
  readPrefs,
  requirePrograms,
  sendMessage,
  sendRefused,
  startOnce,
  startSmtpSink,
  wireOf,
  type EndymailRun,
  type SmtpSink,
  type TestHome,
  type TestProfile,
  type ThunderbirdHandle,
} from '../harness/index.ts';

const ALICE = 'alice@example.test';
const BOB = 'bob@example.test';
const STRANGER = 'stranger@example.test';

/** Alice has the same mailbox in two profiles, and Thunderbird is open with one of them. */
describe('one address in two profiles', () => {
  requirePrograms('thunderbird', 'certutil', 'pk12util');
  let sink: SmtpSink;
  let home: TestHome;
  let open: TestProfile;
  let other: TestProfile;
  let thunderbird: ThunderbirdHandle;
  let passphrase: readonly string[];
  let before: readonly string[];

  const run = (...args: readonly string[]): Promise<EndymailRun> =>
    endymail([...args, '--json', '--keychain', 'file', ...passphrase], { home });
  const prefsText = ({ folder }: TestProfile): string => readFileSync(join(folder, 'prefs.js'), 'utf8');
  const keyOf = (profile: TestProfile): unknown =>
    readPrefs(profile.folder)[`mail.identity.${profile.identityId(ALICE)}.signing_cert_dbkey`];

  beforeAll(async () => {
    sink = await startSmtpSink();
    home = createTestHome('two-profiles');
    const secret = join(home.scratchFolder, 'passphrase');
    writeFileSync(secret, 'four random words here\n', { mode: 0o600 });
    passphrase = ['--passphrase-file', secret];
    const identities = [{ address: ALICE, name: 'Alice Example' }];
    other = createThunderbirdProfile({ home, name: 'old one.holidays', identities, smtpPort: sink.port });
    open = createThunderbirdProfile({ home, identities, smtpPort: sink.port });
    await startOnce(open);
    before = [open, other].map(prefsText);
    thunderbird = createThunderbirdHandle(open);
    home.onDispose(() => thunderbird.closed());
  });

  afterAll(async () => {
    await home.dispose();
    await sink.close();
  });

  it('[SEC-21] is one row; the closed profile is set up, the open one waits and is not written to', async () => {
    await thunderbird.running();
    const running = prefsText(open);
    const list = await run('mailboxes');
    expect(list.json()).toMatchObject({ rows: [{ address: ALICE, places: [{}, {}] }] });

    const enabled = await run('enable', ALICE, '--yes');
    expect(enabled.code).toBe(3);
    expect(enabled.json()).toMatchObject({ waiting: [{ code: 'client-running' }] });
    expect(keyOf(other)).toEqual(expect.any(String));
    expect(prefsText(open)).toBe(running);
  });

  it('is set up in the other, with the same certificate, by the next command after Thunderbird was closed', async () => {
    await thunderbird.closed();
    const checked = await run('check', ALICE);
    expect(checked.code).toBe(0);
    expect(keyOf(open)).toBe(keyOf(other));
  });

  it('names the person whose certificate is missing and does not send, where alice wants that', async () => {
    const bob = await createTestPerson(BOB, 'Bob Example');
    expect((await run('import-peer', publicPartFile(bob, home), '--yes')).code).toBe(0);
    expect((await run('settings', '--auto-disable', 'off')).code).toBe(0);
    const both = { to: [BOB], toLater: [STRANGER], body: 'for two' };
    const client = await thunderbird.running();
    const refusal = await sendRefused(client, both);
    expect(refusal).toContain(STRANGER);
    expect(refusal).not.toContain(BOB);
    const toBob = await sendMessage(client, sink, { to: [BOB], body: 'for one' });
    expect(toBob.state.encrypted).toBe(true);
    // Encryption is never switched on for such a mail, so there is nothing to stop at.
    const fromTheStart = await sendMessage(client, sink, { to: [STRANGER, BOB], body: 'for both at once' });
    expect(fromTheStart.state.encrypted).toBe(false);

    await thunderbird.closed();
    expect((await run('settings', '--auto-disable', 'on')).code).toBe(0);
    const sent = await sendMessage(await thunderbird.running(), sink, both);
    expect(sent.state.encrypted).toBe(false);
    expect(wireOf(sent.mail.bytes)).toBe('plain');
  });

  it('[SEC-22] is taken back in both', async () => {
    await thunderbird.closed();
    expect((await run('disable', ALICE, '--yes')).code).toBe(0);
    expect(prefsText(other)).toBe(before[1]);
    expect(prefsText(open)).not.toMatch(/cert_dbkey|e2ee\.auto_/);
  });

  it('[SEC-33] is removed from the computer, not before it is taken back everywhere, and comes back from the backup', async () => {
    expect((await run('enable', ALICE, '--yes')).code).toBe(0);
    const key = keyOf(other);
    const backup = join(home.scratchFolder, 'backup');
    await thunderbird.running();
    const early = await run('remove', '--yes', '--without-backup');
    expect([early.code, early.json()]).toMatchObject([3, { error: { code: 'client-running' } }]);
    expect(readdirSync(home.endymailFolder)).toContain('state.sealed');

    await thunderbird.closed();
    expect((await run('remove', '--yes', '--backup', backup)).code).toBe(0);
    expect(existsSync(join(home.endymailFolder, 'home.json'))).toBe(false);
    expect(existsSync(join(home.endymailFolder, 'state.sealed'))).toBe(false);
    expect(prefsText(other)).toBe(before[1]);
    expect(prefsText(open)).not.toMatch(/cert_dbkey|e2ee\.auto_/);

    expect((await run('restore', backup)).code).toBe(0);
    expect((await run('enable', ALICE, '--yes')).code).toBe(0);
    expect([keyOf(other), keyOf(open)]).toEqual([key, key]);
    expect((await run('disable', '--all', '--yes')).code).toBe(0);
    expect(prefsText(other)).toBe(before[1]);
  });
});
