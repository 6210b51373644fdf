import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificateFacts } from '@endymail/main/agent/certificates';
import {
  addCertificate,
  certificateFor,
  certificateHash,
  createTestHome,
  createTestPerson,
  createThunderbirdHandle,
  createThunderbirdProfile,
  deleteCertificates,
  encryptMail,
  hostileLeaves,
  inspectMail,
  keyPairBytes,
  listCertificates,
  openMessage,
  receiveMessage,
  requirePrograms,
  sendMessage,
  setUpByHand,
  signMail,
  startSmtpSink,
  takenNames,
  unlimitedRoot,
  type HostileLeaf,
  type SmtpSink,
  type TestPerson,
  type Thunderbird,
  type ThunderbirdHandle,
} from '../harness/index.ts';

const ALICE = 'alice@example.test';

requirePrograms('thunderbird', 'openssl', 'certutil', 'pk12util', 'gnome-keyring-daemon', 'dbus-daemon');

/** Bob is known to alice, and the key of his CA is his: he can sign with it whatever he likes. */
describe('a hostile correspondent', () => {
  const now = new Date();
  const home = createTestHome('alice');
  let sink: SmtpSink;
  let alice: TestPerson;
  let bob: TestPerson;
  let carol: TestPerson;
  let handle: ThunderbirdHandle;
  let shapes: readonly HostileLeaf[];

  beforeAll(async () => {
    sink = await startSmtpSink();
    alice = await createTestPerson(ALICE, 'Alice Example');
    bob = await createTestPerson('bob@example.test', 'Bob Example');
    carol = await createTestPerson('carol@example.test', 'Carol Example');
    const profile = createThunderbirdProfile({
      home,
      identities: [{ address: ALICE, name: 'Alice' }],
      smtpPort: sink.port,
    });
    await setUpByHand(profile, alice, [bob, carol]);
    handle = createThunderbirdHandle(profile);
    const stored = await listCertificates(await handle.running());
    const own = certificateHash(alice.authority.certificate);
    const anchor = stored.find(({ trustedForMail, sha256 }) => trustedForMail && sha256 !== own)!;
    shapes = await everyShape({ bob, victim: carol, alice, anchor: Buffer.from(anchor.der, 'base64'), now });
  });

  afterAll(async () => {
    await home.dispose();
    await sink.close();
  });

  it('[SEC-16] is never taken for a third person, and mail to that person stays encrypted to them', async () => {
    const thunderbird = await handle.running();
    const outcomes = [];
    for (const shape of shapes) outcomes.push(await attack(thunderbird, sink, { shape, alice, bob, victim: carol }));
    expect(outcomes).toEqual(shapes.map(({ shape }) => ({ shape, ...HARMLESS })));
  });
});

/** The same shapes where somebody trusts a root without limits: each must work there, or it would prove nothing above. */
describe('the shapes themselves', () => {
  const now = new Date();
  const home = createTestHome('control');
  let sink: SmtpSink;
  let handle: ThunderbirdHandle;
  let alice: TestPerson;

  beforeAll(async () => {
    sink = await startSmtpSink();
    alice = await createTestPerson(ALICE, 'Alice Example');
    const profile = createThunderbirdProfile({
      home,
      identities: [{ address: ALICE, name: 'Alice' }],
      smtpPort: sink.port,
    });
    await setUpByHand(profile, alice, []);
    handle = createThunderbirdHandle(profile);
  });

  afterAll(async () => {
    await home.dispose();
    await sink.close();
  });

  it('work where a root without limits is trusted', async () => {
    const [bob, carol, somebody, other] = [
      await createTestPerson('bob@example.test', 'Bob Example'),
      await createTestPerson('carol@example.test', 'Carol Example'),
      await createTestPerson('somebody@example.test', 'Somebody'),
      await createTestPerson('other@example.test', 'Other'),
    ];
    // Nobody here has the certificates whose names are taken: what is asked is whether the false ones would do.
    const shapes = await everyShape({ bob, victim: carol, alice: somebody, anchor: other.authority.certificate, now });
    const thunderbird = await handle.running();
    const outcomes = [];
    for (const shape of shapes) {
      outcomes.push(await attackWithTrust(thunderbird, { shape, alice, bob, victim: carol, now }));
    }
    expect(outcomes).toEqual(shapes.map(({ shape }) => ({ shape, ...(READ_AS_BOBS.has(shape) ? AS_BOB : AS_CAROL) })));
  });
});

/**
 * Thunderbird 153 takes the first address of a name only, and these say bob's before carol's: with nothing to limit
 * them they are good certificates of bob's. They must be refused all the same, for the version that reads on.
 */
const READ_AS_BOBS: ReadonlySet<string> = new Set([
  'second emailAddress in the subject',
  'second mail in the subject',
  'SAN directoryName with the good prefix and another address',
  'multi-valued RDN, the other address last',
]);

const AS_CAROL = Object.freeze({ signedAsVictim: true, signedAsBob: false, chosen: true });
const AS_BOB = Object.freeze({ signedAsVictim: false, signedAsBob: true, chosen: false });

const HARMLESS = Object.freeze({
  signedAsVictim: false,
  chosen: false,
  wire: 'enveloped-data',
  opensForVictim: true,
  opensForBob: false,
});

interface Cast {
  readonly shape: HostileLeaf;
  readonly alice: TestPerson;
  readonly bob: TestPerson;
  readonly victim: TestPerson;
}

async function everyShape(o: {
  readonly bob: TestPerson;
  readonly victim: TestPerson;
  readonly alice: TestPerson;
  readonly anchor: Uint8Array;
  readonly now: Date;
}): Promise<readonly HostileLeaf[]> {
  const { authority, address } = o.bob;
  const taken = [
    { whose: 'her CA', certificate: o.victim.authority.certificate },
    { whose: "the receiver's CA", certificate: o.alice.authority.certificate },
    { whose: "the receiver's anchor", certificate: o.anchor },
  ];
  return [
    ...(await hostileLeaves({ authority, bob: address, carol: o.victim.address, now: o.now })),
    ...takenNames({ authority, carol: o.victim.address, victim: o.victim.own.certificate, now: o.now, taken }),
  ];
}

/** Whether a mail with the false certificate, and all that goes with it, is shown as signed by its sender. */
async function looksSigned(thunderbird: Thunderbird, { shape, alice }: Cast, from: string): Promise<boolean> {
  const headers = { from, to: alice.address, subject: shape.shape };
  const signed = await signMail({
    signer: keyPairBytes(shape.key),
    carry: shape.extra ?? [],
    text: 'it is me',
    ...headers,
  });
  // In the clear an invalid signature shows nothing; what is encrypted says so.
  const sealed = await encryptMail({ recipient: alice.own.certificate, content: signed, ...headers });
  const icons = [];
  for (const mail of [signed, sealed]) {
    icons.push((await openMessage(thunderbird, await receiveMessage(thunderbird, mail))).signatureIcon);
  }
  return icons.includes('ok');
}

async function attack(thunderbird: Thunderbird, sink: SmtpSink, cast: Cast) {
  const { shape, alice, victim } = cast;
  const signedAsVictim = await looksSigned(thunderbird, cast, victim.address);
  await addWhatIsTaken(thunderbird, [...(shape.extra ?? []), shape.key.certificate]);
  const chosen = await certificateFor(thunderbird, victim.address);
  const sent = await sendMessage(thunderbird, sink, { to: [victim.address], body: 'for her alone' });
  const senderAuthority = alice.authority.certificate;
  const forVictim = await inspectMail(sent.mail.bytes, { recipient: keyPairBytes(victim.own), senderAuthority });
  const forBob = await inspectMail(sent.mail.bytes, { recipient: keyPairBytes(shape.key), senderAuthority });
  return {
    shape: shape.shape,
    signedAsVictim,
    chosen: chosen?.sha256 !== certificateHash(victim.own.certificate),
    wire: forVictim.wire,
    opensForVictim: forVictim.content !== null,
    opensForBob: forBob.content !== null,
  };
}

async function attackWithTrust(thunderbird: Thunderbird, cast: Cast & { readonly now: Date }) {
  const { extra = [], key } = cast.shape;
  const before = new Set((await listCertificates(thunderbird)).map(({ sha256 }) => sha256));
  const root =
    extra.find(isSelfIssued) ??
    unlimitedRoot(certificateFacts(extra[0] ?? key.certificate).issuer, cast.bob.authority, cast.now);
  await addCertificate(thunderbird, root, ',C,');
  const signedAsVictim = await looksSigned(thunderbird, cast, cast.victim.address);
  const signedAsBob = READ_AS_BOBS.has(cast.shape.shape) && (await looksSigned(thunderbird, cast, cast.bob.address));
  await addWhatIsTaken(
    thunderbird,
    [...extra, key.certificate].filter((certificate) => certificate !== root),
  );
  const chosen = await certificateFor(thunderbird, cast.victim.address);
  const added = (await listCertificates(thunderbird)).filter(({ sha256 }) => !before.has(sha256));
  await deleteCertificates(
    thunderbird,
    added.map(({ sha256 }) => sha256),
  );
  return {
    shape: cast.shape.shape,
    signedAsVictim,
    signedAsBob,
    chosen: chosen?.sha256 === certificateHash(key.certificate),
  };
}

function isSelfIssued(certificate: Uint8Array): boolean {
  const { issuer, subject } = certificateFacts(certificate);
  return Buffer.from(issuer).equals(subject);
}

/** Puts false certificates into the store; that it refuses one is an outcome like another. */
async function addWhatIsTaken(thunderbird: Thunderbird, certificates: readonly Uint8Array[]): Promise<void> {
  for (const certificate of certificates) {
    await addCertificate(thunderbird, certificate, ',,').catch(() => undefined);
  }
}
