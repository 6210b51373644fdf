import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  anchorForgeries,
  askToJoin,
  certificateFor,
  certificateHash,
  createPerson,
  createTestPerson,
  endymail,
  hostileLeaves,
  inspectMail,
  introduce,
  keyPairBytes,
  listCertificates,
  mintedLeaves,
  openMessage,
  publicPartFile,
  receiveMessage,
  requirePrograms,
  sendMessage,
  shownAsSigned,
  startMesh,
  startSmtpSink,
  takeKeys,
  testAddress,
  wireOf,
  type HostileLeaf,
  type KeyPairBytes,
  type Mesh,
  type Person,
  type SmtpSink,
  type TakenKeys,
  type TestPerson,
} from '../harness/index.ts';

const ALICE = 'alice@example.test';
const BOB = 'bob@example.test';

const ALICE_HERE = [{ address: ALICE, name: 'Alice Example' }] as const;

/**
 * Alice removed a computer that could do everything. Who has it keeps its anchor, the former CA and key of her mailbox,
 * and mails what can be forged with them to her first computer and to bob.
 */
describe('a removed device', () => {
  requirePrograms('thunderbird', 'openssl', 'certutil', 'pk12util', 'gnome-keyring-daemon', 'dbus-daemon');
  const now = new Date();
  let sink: SmtpSink;
  let mesh: Mesh;
  let first: Person;
  let second: Person;
  let stolen: Person;
  let bob: Person;
  let carol: TestPerson;
  let taken: TakenKeys;

  const devicesOfAlice = async (): Promise<readonly string[]> => {
    const listed = (await first.endymail('device', 'list', '--json')).json() as readonly { readonly id: string }[];
    return listed.map(({ id }) => id);
  };

  const joins = async (newcomer: Person, ...options: readonly string[]): Promise<void> => {
    const { digits, end } = await askToJoin(newcomer, `alice@${mesh.host}`);
    await first.endymail('device', 'approve', '--digits', digits, ...options);
    expect(await end()).toMatchObject({ code: 0 });
  };

  const joinAndOneIsRemoved = async (): Promise<void> => {
    await first.endymail('account', 'create', `alice@${mesh.host}`);
    await joins(second);
    const before = await devicesOfAlice();
    await joins(stolen, '--may-approve');
    taken = await takeKeys(stolen);
    const [id = ''] = (await devicesOfAlice()).filter((one) => !before.includes(one));
    await first.endymail('device', 'remove', id, '--yes');
    await first.endymail('check', ALICE);
  };

  beforeAll(async () => {
    [sink, mesh] = await Promise.all([startSmtpSink(), startMesh()]);
    first = await createPerson({ identities: ALICE_HERE, sink });
    second = await createPerson({ identities: ALICE_HERE, sink });
    stolen = await createPerson({ identities: ALICE_HERE, sink });
    bob = await createPerson({ identities: [{ address: BOB, name: 'Bob Example' }], sink });
    carol = await createTestPerson('carol@example.test', 'Carol Example');
    await first.endymail('enable', ALICE, '--yes');
    await bob.endymail('enable', BOB, '--yes');
    await introduce(first, bob);
    for (const person of [first, bob]) {
      await person.endymail('import-peer', publicPartFile(carol, person.home), '--yes');
    }
    await joinAndOneIsRemoved();
  }, 400_000);

  afterAll(async () => {
    for (const person of [first, second, stolen, bob]) await person.dispose();
    await mesh.dispose();
    await sink.close();
  });

  /** Everything against carol: by the anchor of the removed device, and by the former CA of alice's mailbox. */
  const forgedAgainst = async (receiver: Person): Promise<readonly HostileLeaf[]> => {
    const own = (await receiver.exportKey()).authorities.map(certificateHash);
    const stored = await listCertificates(await receiver.thunderbird.running());
    const anchors = stored.filter(({ trustedForMail, sha256 }) => trustedForMail && !own.includes(sha256));
    expect(anchors).toHaveLength(1);
    const receiversAnchor = Buffer.from(anchors[0]?.der ?? '', 'base64');
    const addresses = { bob: testAddress(ALICE), carol: carol.address };
    return [
      ...anchorForgeries({ taken, victim: carol, receiversAnchor, now }),
      ...(await hostileLeaves({ authority: taken.authority, ...addresses, now })),
    ];
  };

  const shownAs = async (at: Person, shapes: readonly HostileLeaf[], from: string): Promise<readonly string[]> => {
    const receiver = { address: at.address, certificate: (await at.exportKey()).certificate };
    const thunderbird = await at.thunderbird.running();
    const shown = [];
    for (const shape of shapes) {
      if (await shownAsSigned(thunderbird, shape, { from, receiver })) shown.push(shape.shape);
    }
    return shown;
  };

  /** A mail as it leaves, and which of these keys open it. */
  const sends = async (person: Person, to: string, keys: Readonly<Record<string, KeyPairBytes>>) => {
    const sent = await sendMessage(await person.thunderbird.running(), sink, { to: [to], body: 'for one alone' });
    const [senderAuthority] = (await person.exportKey()).authorities;
    if (senderAuthority === undefined) throw new Error('no CA');
    const opens = [];
    for (const [name, recipient] of Object.entries(keys)) {
      if ((await inspectMail(sent.mail.bytes, { recipient, senderAuthority })).content !== null) opens.push(name);
    }
    return { wire: wireOf(sent.mail.bytes), opens, mail: sent.mail.bytes };
  };

  const thiefsKeys = (forged: readonly HostileLeaf[]): Readonly<Record<string, KeyPairBytes>> => ({
    'the former key': keyPairBytes(taken.own),
    ...Object.fromEntries(forged.map(({ shape, key }) => [shape, keyPairBytes(key)])),
  });

  const minted = (): readonly HostileLeaf[] => mintedLeaves(taken, ALICE, now);

  it('takes for carol what it forges with its own anchor, so that this would work where that is trusted', async () => {
    const forged = (await forgedAgainst(first)).filter(({ shape }) => shape.includes('its own anchor'));
    await first.thunderbird.closed();
    expect(forged).toHaveLength(4);
    expect(await shownAs(stolen, forged, carol.address)).toEqual(forged.map(({ shape }) => shape));
    await stolen.thunderbird.closed();
  });

  it('[SEC-16] is believed nothing on the first computer, which encrypts to carol alone (R4)', async () => {
    const forged = await forgedAgainst(first);
    expect(await shownAs(first, forged, carol.address)).toEqual([]);
    expect(await shownAs(first, minted(), ALICE)).toEqual([]);
    // Read from the store anew, with everything in it that displaying took.
    await first.thunderbird.closed();
    const sent = await sends(first, carol.address, { carol: keyPairBytes(carol.own), ...thiefsKeys(forged) });
    expect(sent).toMatchObject({ wire: 'enveloped-data', opens: ['carol'] });
    const chosen = await certificateFor(await first.thunderbird.running(), ALICE);
    expect(chosen?.sha256).toBe(certificateHash((await first.exportKey()).certificate));
    await first.thunderbird.closed();
  });

  it('is cut off on her second computer when that takes over the new keys, which it then signs with (R5)', async () => {
    await second.endymail('sync');
    expect(await shownAs(second, minted(), ALICE)).toEqual([]);
    await second.thunderbird.closed();
    const alicesKey = await first.exportKey();
    expect(certificateHash((await second.exportKey()).certificate)).toBe(certificateHash(alicesKey.certificate));
    const sent = await sends(second, carol.address, { carol: keyPairBytes(carol.own), ...thiefsKeys(minted()) });
    expect(sent).toMatchObject({ wire: 'enveloped-data', opens: ['carol'] });
    const options = { recipient: keyPairBytes(carol.own), senderAuthority: alicesKey.authorities[0]! };
    const { signature } = await inspectMail(sent.mail, options);
    expect(signature).toMatchObject({ valid: true, signerAddresses: [ALICE] });
    await second.thunderbird.closed();
  });

  it('[SEC-16] is never taken for carol by bob (R4)', async () => {
    const forged = await forgedAgainst(bob);
    expect(await shownAs(bob, forged, carol.address)).toEqual([]);
    await bob.thunderbird.closed();
    const sent = await sends(bob, carol.address, { carol: keyPairBytes(carol.own), ...thiefsKeys(forged) });
    expect(sent).toMatchObject({ wire: 'enveloped-data', opens: ['carol'] });
  });

  it('passes for alice with bob until he has her new file: she has to give it to him (R5)', async () => {
    const forged = minted();
    expect(await shownAs(bob, forged, ALICE)).toEqual(forged.map(({ shape }) => shape));
    // Thunderbird takes the newest of her certificates that is good, and this one is.
    const { opens } = await sends(bob, ALICE, { alice: await first.exportKey(), ...thiefsKeys(forged) });
    expect(opens).toEqual(['a leaf for the mailbox under its former CA, newer']);
    await bob.thunderbird.closed();
  });

  it('is cut off when bob takes her new file in place of the old one, what Thunderbird kept of it too (R5)', async () => {
    const file = await first.share();
    const options = { home: bob.home, env: bob.env };
    const refused = await endymail(['import-peer', file, '--yes', '--json'], options);
    expect(refused.json()).toMatchObject({ error: { code: 'peer-key-changed' } });
    await bob.endymail('remove-peer', ALICE, '--yes');
    await bob.endymail('import-peer', file, '--yes');
    const kept = (await listCertificates(await bob.thunderbird.running())).map(({ sha256 }) => sha256);
    for (const { certificate } of [taken.authority, taken.own]) {
      expect(kept).not.toContain(certificateHash(certificate));
    }
    const forged = minted();
    expect(await shownAs(bob, forged, ALICE)).toEqual([]);
    await bob.thunderbird.closed();
    const alicesKey = await first.exportKey();
    const sent = await sends(bob, ALICE, { alice: alicesKey, ...thiefsKeys(forged) });
    expect(sent).toMatchObject({ wire: 'enveloped-data', opens: ['alice'] });
    const answer = await sends(first, BOB, { bob: await bob.exportKey() });
    expect(answer).toMatchObject({ wire: 'enveloped-data', opens: ['bob'] });
    const thunderbird = await bob.thunderbird.running();
    expect(await openMessage(thunderbird, await receiveMessage(thunderbird, answer.mail))).toMatchObject({
      signatureIcon: 'ok',
      signerAddresses: [ALICE],
      signer: certificateHash(alicesKey.certificate),
    });
  });
});
