import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  certificateFor,
  certificateHash,
  createPerson,
  createTestPerson,
  endymail,
  inspectMail,
  introduce,
  listCertificates,
  openMessage,
  publicPartFile,
  readPrefs,
  receiveMessage,
  requirePrograms,
  ROUTES,
  sendMessage,
  sendReply,
  startSmtpSink,
  wireOf,
  type KeyPairBytes,
  type Person,
  type SmtpSink,
  type TestPerson,
} from '../harness/index.ts';

const ALICE = 'alice@example.test';
const ALICE_AT_WORK = 'alice.smith@work.test';
const BOB = 'bob@example.test';
const CAROL = 'carol@example.test';
const STRANGER = 'stranger@example.test';

/**
 * Alice and bob at two computers. Each ticks their mailboxes and imports the other's file; from then on they only write
 * mails. What is on the wire is judged by openssl, what is shown by the receiver's Thunderbird.
 */
describe.each(ROUTES)('real mail, set up by %s', (route) => {
  requirePrograms('thunderbird', 'openssl', 'certutil', 'pk12util', 'gnome-keyring-daemon', 'dbus-daemon');
  let sink: SmtpSink;
  let alice: Person;
  let bob: Person;
  let prefsBefore: ReturnType<typeof readPrefs>;
  let bobsKey: KeyPairBytes & { readonly authorities: readonly Uint8Array[] };
  let alicesKey: typeof bobsKey;
  let workKey: typeof bobsKey;

  const prefsText = (person: Person): string => readFileSync(join(person.profile.folder, 'prefs.js'), 'utf8');

  beforeAll(async () => {
    sink = await startSmtpSink();
    alice = await createPerson({
      identities: [
        { address: ALICE, name: 'Alice Example' },
        { address: ALICE_AT_WORK, name: 'Alice Smith' },
      ],
      sink,
      route,
      profileName: 'Alices Postfächer, alle.default',
    });
    bob = await createPerson({ identities: [{ address: BOB, name: 'Bob Example' }], sink, route });
    prefsBefore = readPrefs(alice.profile.folder);
    await alice.endymail('enable', ALICE, ALICE_AT_WORK, '--yes');
    // Bob's key is RSA on one of the two ways, so that each kind of key goes each way.
    await bob.endymail('enable', BOB, '--yes', ...(route === 'headless' ? ['--rsa'] : []));
    await introduce(alice, bob);
    const carol = await createTestPerson(CAROL, 'Carol Example');
    await alice.endymail('import-peer', publicPartFile(carol, alice.home), '--yes');
    [bobsKey, alicesKey, workKey] = [
      await bob.exportKey(),
      await alice.exportKey(),
      await alice.exportKey(ALICE_AT_WORK),
    ];
  });

  afterAll(async () => {
    await alice.dispose();
    await bob.dispose();
    await sink.close();
  });

  const authorityOf = (key: typeof bobsKey): Uint8Array => key.authorities[0]!;

  const isEncryptedTo = async (person: TestPerson): Promise<boolean> => {
    const sent = await sendMessage(await alice.thunderbird.running(), sink, { to: [person.address], body: 'hello' });
    expect(wireOf(sent.mail.bytes)).toBe(sent.state.encrypted ? 'enveloped-data' : 'plain');
    return sent.state.encrypted;
  };

  it('[SEC-15] encrypts to a known person by itself, signs, and carries the sender’s leaf alone', async () => {
    const sent = await sendMessage(await alice.thunderbird.running(), sink, { to: [BOB], body: 'only for bob' });
    expect(sent.state).toMatchObject({ encrypted: true, signed: true, openPgp: false });
    const seen = await inspectMail(sent.mail.bytes, { recipient: bobsKey, senderAuthority: authorityOf(alicesKey) });
    expect(seen).toMatchObject({ wire: 'enveloped-data', signature: { valid: true, signerAddresses: [ALICE] } });
    expect(seen.signature?.text).toContain('only for bob');
    expect(sent.mail.bytes.toString()).not.toContain('only for bob');
    expect(seen.signature?.carries.map(certificateHash)).toEqual([certificateHash(alicesKey.certificate)]);
  });

  it('[SEC-14] [SEC-15] names nobody: neither another mailbox of the sender nor another person, outside or inside', async () => {
    const sent = await sendMessage(await alice.thunderbird.running(), sink, { to: [BOB], body: 'a line' });
    const seen = await inspectMail(sent.mail.bytes, { recipient: bobsKey, senderAuthority: authorityOf(alicesKey) });
    const issuers = seen.recipients.map(({ issuer }) => issuer);
    expect(issuers).toHaveLength(2);
    for (const issuer of issuers) expect(issuer).toMatch(/^CN ?= ?Endymail [A-Z2-7]+$/);
    const carried = [...(seen.signature?.carries ?? [])].map((der) => Buffer.from(der).toString('latin1'));
    const everything = [sent.mail.bytes.toString('latin1'), seen.content?.toString('latin1') ?? '', ...carried].join(
      '\n',
    );
    expect(everything).toContain(ALICE);
    for (const secret of [ALICE_AT_WORK, 'Smith', CAROL]) expect(everything).not.toContain(secret);
  });

  it('shows it to the receiver as encrypted and signed by the sender', async () => {
    const sent = await sendMessage(await alice.thunderbird.running(), sink, { to: [BOB], body: 'how are you' });
    const thunderbird = await bob.thunderbird.running();
    const uri = await receiveMessage(thunderbird, sent.mail.bytes);
    expect(await openMessage(thunderbird, uri)).toMatchObject({
      encryptionIcon: 'ok',
      signatureIcon: 'ok',
      signerAddresses: [ALICE],
      signer: certificateHash(alicesKey.certificate),
      body: expect.stringContaining('how are you') as string,
    });
    const reply = await sendReply(thunderbird, sink, { original: uri, to: ALICE, body: 'fine, thanks' });
    expect(reply.state).toMatchObject({ encrypted: true, signed: true });
    const seen = await inspectMail(reply.mail.bytes, { recipient: alicesKey, senderAuthority: authorityOf(bobsKey) });
    expect(seen).toMatchObject({ wire: 'enveloped-data', signature: { valid: true, signerAddresses: [BOB] } });
    expect(seen.signature?.carries).toHaveLength(1);
    const back = await alice.thunderbird.running();
    expect(await openMessage(back, await receiveMessage(back, reply.mail.bytes))).toMatchObject({
      encryptionIcon: 'ok',
      signatureIcon: 'ok',
      signerAddresses: [BOB],
    });
  });

  it('[SEC-15] signs as the other mailbox from the other mailbox', async () => {
    const sent = await sendMessage(await alice.thunderbird.running(), sink, {
      from: ALICE_AT_WORK,
      to: [BOB],
      body: 'from work',
    });
    const seen = await inspectMail(sent.mail.bytes, { recipient: bobsKey, senderAuthority: authorityOf(workKey) });
    expect(seen).toMatchObject({
      wire: 'enveloped-data',
      signature: { valid: true, signerAddresses: [ALICE_AT_WORK] },
    });
    expect(seen.signature?.carries.map(certificateHash)).toEqual([certificateHash(workKey.certificate)]);
    expect(authorityOf(workKey)).not.toEqual(authorityOf(alicesKey));
  });

  it('leaves mail to people who are not known as it was: in the clear, unsigned', async () => {
    const thunderbird = await alice.thunderbird.running();
    for (const to of [[STRANGER], [STRANGER, BOB]]) {
      const sent = await sendMessage(thunderbird, sink, { to, body: 'hello there' });
      expect(sent.state).toMatchObject({ encrypted: false, signed: false });
      const seen = await inspectMail(sent.mail.bytes, { senderAuthority: authorityOf(alicesKey) });
      expect(seen).toMatchObject({ wire: 'plain', signature: null });
    }
  });

  it('[SEC-11] [SEC-17] [SEC-19] trusts its own roots and the anchor, for mail alone, and nobody else’s', async () => {
    const stored = await listCertificates(await alice.thunderbird.running());
    const trusted = stored.filter(({ trustedForMail }) => trustedForMail);
    const own = [authorityOf(alicesKey), authorityOf(workKey)].map(certificateHash);
    const anchors = trusted.filter(({ sha256 }) => !own.includes(sha256));
    expect(trusted).toHaveLength(3);
    expect(anchors).toHaveLength(1);
    expect(stored.filter(({ trustedForWeb }) => trustedForWeb)).toEqual([]);
    expect(stored.map(({ sha256 }) => sha256)).not.toContain(certificateHash(authorityOf(bobsKey)));
    // What the anchor vouches for are correspondents' keys, never the person's own.
    const vouchedFor = stored.filter(({ issuer, subject }) => issuer === anchors[0]?.subject && subject !== issuer);
    expect(vouchedFor).toHaveLength(2);
    const ownSubjects = trusted.map(({ subject }) => subject);
    expect(vouchedFor.filter(({ subject }) => ownSubjects.includes(subject))).toEqual([]);
  });

  if (route === 'nss-tools') {
    it('learns and forgets people while Thunderbird runs', async () => {
      const dave = await createTestPerson('dave@example.test', 'Dave Example');
      await alice.thunderbird.running();
      expect(await isEncryptedTo(dave)).toBe(false);
      await alice.endymail('import-peer', publicPartFile(dave, alice.home), '--yes');
      expect(await isEncryptedTo(dave)).toBe(true);
      await alice.endymail('remove-peer', dave.address, '--yes');
      expect(await isEncryptedTo(dave)).toBe(false);
    });
  } else {
    it('learns a person while Thunderbird runs at the next chance, and says so', async () => {
      const dave = await createTestPerson('dave@example.test', 'Dave Example');
      await alice.thunderbird.running();
      const file = publicPartFile(dave, alice.home);
      const run = await endymail(['import-peer', file, '--yes', '--json'], { home: alice.home, env: alice.env });
      expect(run.code).toBe(3);
      expect(run.stdout).toContain('client-running');
      expect(await isEncryptedTo(dave)).toBe(false);
      await alice.thunderbird.closed();
      await alice.endymail('check', ALICE);
      expect(await isEncryptedTo(dave)).toBe(true);
    });
  }

  it('goes back to plain mail with the next message after a person is removed', async () => {
    await alice.thunderbird.closed();
    await alice.endymail('remove-peer', BOB, '--yes');
    const thunderbird = await alice.thunderbird.running();
    const toBob = await sendMessage(thunderbird, sink, { to: [BOB], body: 'no longer sealed' });
    expect(toBob.state).toMatchObject({ encrypted: false, signed: false });
    expect(await inspectMail(toBob.mail.bytes, { senderAuthority: authorityOf(alicesKey) })).toMatchObject({
      wire: 'plain',
    });
    expect(await certificateFor(thunderbird, CAROL)).not.toBeNull();
  });

  it('is taken back: plain mail, the prefs as they were, and old mail still opens', async () => {
    const old = await sendMessage(await bob.thunderbird.running(), sink, { to: [ALICE], body: 'keep this' });
    expect(old.state.encrypted).toBe(true);
    await alice.thunderbird.closed();
    await alice.endymail('disable', '--all', '--yes');
    expect(mailPrefs(readPrefs(alice.profile.folder))).toEqual(mailPrefs(prefsBefore));

    const thunderbird = await alice.thunderbird.running();
    const toCarol = await sendMessage(thunderbird, sink, { to: [CAROL], body: 'as before' });
    expect(toCarol.state).toMatchObject({ encrypted: false, signed: false });
    expect(await openMessage(thunderbird, await receiveMessage(thunderbird, old.mail.bytes))).toMatchObject({
      encryptionIcon: 'ok',
      body: expect.stringContaining('keep this') as string,
    });
    const stored = await listCertificates(thunderbird);
    expect(stored.filter(({ trustedForMail }) => trustedForMail)).toEqual([]);
  });

  it('leaves nothing in prefs.js when it is enabled and taken back', async () => {
    await alice.thunderbird.closed();
    const before = prefsText(alice);
    await alice.endymail('enable', ALICE, '--yes');
    expect(prefsText(alice)).not.toBe(before);
    await alice.endymail('disable', '--all', '--yes');
    // Where Thunderbird itself did the work it wrote its own notes, e.g. of its last start.
    if (route === 'nss-tools') expect(prefsText(alice)).toBe(before);
    else expect(prefNames(prefsText(alice))).toEqual(prefNames(before));
  });
});

/** The settings that say how mail is sent, and those of the remote control, which must not stay. */
const mailPrefs = (prefs: ReturnType<typeof readPrefs>): typeof prefs =>
  Object.fromEntries(
    Object.entries(prefs).filter(
      ([name]) =>
        /^(mail\.(identity|e2ee|smime|openpgp)|security|ldap_2|remote|marionette)\./.test(name) &&
        !WRITTEN_BY_SENDING.test(name),
    ),
  );

/** What Thunderbird notes when the first message is sent from a profile, whatever is set up in it. */
const WRITTEN_BY_SENDING = /^(mail\.identity\.id\d+\.doBcc|ldap_2\.servers\.history\.uid)$/;

const prefNames = (text: string): string[] =>
  [...text.matchAll(/^user_pref\("([^"]+)"/gm)].map((match) => match[1] ?? '').sort();
