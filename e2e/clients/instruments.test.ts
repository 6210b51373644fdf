import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  certificateFor,
  certificateHash,
  createTestHome,
  createTestPerson,
  createThunderbirdProfile,
  encryptMail,
  inspectMail,
  keyPairBytes,
  listCertificates,
  openMessage,
  readPrefs,
  receiveMessage,
  requirePrograms,
  sendMessage,
  setUpByHand,
  signMail,
  startSmtpSink,
  startThunderbird,
  type SmtpSink,
  type TestPerson,
  type Thunderbird,
} from '../harness/index.ts';

/**
 * The instruments themselves, on a profile that is set up by hand: what they report as good must be told from what they
 * report as bad, or the tests that use them prove nothing.
 */
describe('the instruments', () => {
  requirePrograms('thunderbird', 'openssl', 'certutil', 'pk12util');
  const home = createTestHome('alice');
  let sink: SmtpSink;
  let alice: TestPerson;
  let bob: TestPerson;
  let thunderbird: Thunderbird;

  beforeAll(async () => {
    sink = await startSmtpSink();
    [alice, bob] = await Promise.all([
      createTestPerson('alice@example.test', 'Alice Example'),
      createTestPerson('bob@example.test', 'Bob Example'),
    ]);
    const profile = createThunderbirdProfile({
      home,
      name: 'Alicë and more.profile',
      identities: [{ address: alice.address, name: alice.name }],
      smtpPort: sink.port,
    });
    await setUpByHand(profile, alice, [bob]);
    thunderbird = await startThunderbird(profile);
  });

  afterAll(async () => {
    await home.dispose();
    await sink.close();
  });

  const mailOfBob = (text: string): Promise<Buffer> =>
    signMail({ signer: keyPairBytes(bob.own), from: bob.address, to: alice.address, subject: text, text });

  it('tell an encrypted mail from a plain one, and open it with the right key alone', async () => {
    const known = await sendMessage(thunderbird, sink, { to: [bob.address], body: 'for bob alone' });
    expect(known.state).toMatchObject({ encrypted: true, signed: true, openPgp: false });
    const senderAuthority = alice.authority.certificate;
    const opened = await inspectMail(known.mail.bytes, { recipient: keyPairBytes(bob.own), senderAuthority });
    expect(opened).toMatchObject({
      wire: 'enveloped-data',
      signature: { valid: true, signerAddresses: [alice.address] },
    });
    expect(opened.signature?.text).toContain('for bob alone');
    expect(opened.recipients).toHaveLength(2);
    expect(opened.signature?.carries.map(certificateHash)).toEqual([certificateHash(alice.own.certificate)]);

    const stranger = await createTestPerson('carol@example.test', 'Carol Example');
    const shut = await inspectMail(known.mail.bytes, { recipient: keyPairBytes(stranger.own), senderAuthority });
    expect(shut).toMatchObject({ wire: 'enveloped-data', content: null, signature: null });
    const other = await inspectMail(known.mail.bytes, {
      recipient: keyPairBytes(bob.own),
      senderAuthority: stranger.authority.certificate,
    });
    expect(other.signature).toMatchObject({ valid: false, signerAddresses: [alice.address] });

    const unknown = await sendMessage(thunderbird, sink, { to: [stranger.address], body: 'for anybody' });
    expect(unknown.state).toMatchObject({ encrypted: false, signed: false });
    expect(await inspectMail(unknown.mail.bytes, { senderAuthority })).toMatchObject({
      wire: 'plain',
      signature: null,
    });
  });

  it('see what a person sees: signed, changed on the way, encrypted, unsigned', async () => {
    const read = async (mail: Uint8Array) => openMessage(thunderbird, await receiveMessage(thunderbird, mail));
    const good = await mailOfBob('lunch at noon');
    expect(await read(good)).toMatchObject({
      signatureIcon: 'ok',
      encryptionIcon: null,
      signatureStatus: 0,
      signer: certificateHash(bob.own.certificate),
      signerAddresses: [bob.address],
    });

    const changed = Buffer.from(
      good.toString('latin1').replace('lunch at noon\r\n\r\n--', 'lunch at nine\r\n\r\n--'),
      'latin1',
    );
    expect(changed).not.toEqual(good);
    const changedReading = await read(changed);
    expect(changedReading).toMatchObject({ signatureIcon: null, encryptionIcon: null });
    expect(changedReading.signatureStatus).toBeGreaterThan(0);

    const to = (content: Uint8Array): Promise<Buffer> =>
      encryptMail({
        recipient: alice.own.certificate,
        ...{ from: bob.address, to: alice.address, subject: 'sealed', content },
      });
    expect(await read(await to(good))).toMatchObject({ signatureIcon: 'ok', encryptionIcon: 'ok' });
    expect(await read(await to(changed))).toMatchObject({ signatureIcon: 'mismatch', encryptionIcon: 'ok' });
    expect(await read(await to(Buffer.from('Content-Type: text/plain\r\n\r\nunsigned\r\n')))).toMatchObject({
      signatureIcon: null,
      encryptionIcon: 'ok',
      body: expect.stringContaining('unsigned') as string,
    });
    expect(await read(Buffer.from(`From: ${bob.address}\r\nSubject: plain\r\n\r\nnothing\r\n`))).toMatchObject({
      signatureIcon: null,
      encryptionIcon: null,
      signatureText: null,
    });
  });

  it('find the certificate that Thunderbird would encrypt to, and none where there is none', async () => {
    expect((await certificateFor(thunderbird, bob.address))?.sha256).toBe(certificateHash(bob.own.certificate));
    expect(await certificateFor(thunderbird, 'nobody@example.test')).toBeNull();
    const stored = await listCertificates(thunderbird);
    expect(stored.map(({ sha256 }) => sha256)).toContain(certificateHash(alice.authority.certificate));
    expect(stored.filter(({ trustedForWeb }) => trustedForWeb)).toEqual([]);
    expect(stored.filter(({ trustedForMail }) => trustedForMail)).toHaveLength(2);
  });

  it('leave nothing of the driver behind in the prefs', async () => {
    await thunderbird.quit();
    const names = Object.keys(readPrefs(thunderbird.profile.folder));
    expect(names).toContain('mail.e2ee.auto_enable');
    expect(names.filter((name) => /^(remote|marionette)\./.test(name))).toEqual([]);
  });
});
