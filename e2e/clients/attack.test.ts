import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificateFacts, type KeyAndCertificate } from '@endymail/main/agent/certificates';
import {
  addCertificate,
  certificateFor,
  certificateHash,
  createPerson,
  createTestHome,
  createTestPerson,
  createThunderbirdHandle,
  createThunderbirdProfile,
  deleteCertificates,
  endymail,
  hostileLeaves,
  inspectMail,
  keyPairBytes,
  listCertificates,
  publicPartFile,
  requirePrograms,
  sendMessage,
  setUpByHand,
  shownAsSigned,
  startSmtpSink,
  takenNames,
  unlimitedRoot,
  wireOf,
  type HostileLeaf,
  type KeyPairBytes,
  type Person,
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
  let sink: SmtpSink;
  let alice: Person;
  let bob: TestPerson;
  let carol: TestPerson;
  /** What a mail to alice is encrypted to, and what her own signatures stand under. */
  let alicesKey: KeyPairBytes & { readonly authorities: readonly Uint8Array[] };

  beforeAll(async () => {
    sink = await startSmtpSink();
    alice = await createPerson({ identities: [{ address: ALICE, name: 'Alice Example' }], sink });
    await alice.endymail('enable', ALICE, '--yes');
    alicesKey = await alice.exportKey();
    bob = await createTestPerson('bob@example.test', 'Bob Example');
    carol = await createTestPerson('carol@example.test', 'Carol Example');
    for (const person of [bob, carol]) await meet(person);
  });

  afterAll(async () => {
    await alice.dispose();
    await sink.close();
  });

  const meet = (person: TestPerson): Promise<unknown> =>
    alice.endymail('import-peer', publicPartFile(person, alice.home), '--yes');

  /** Every shape, also in the names of the roots that alice trusts. */
  const shapesAgainst = async (victim: TestPerson): Promise<readonly HostileLeaf[]> => {
    const stored = await listCertificates(await alice.thunderbird.running());
    const trusted = stored.filter(({ trustedForMail }) => trustedForMail);
    const own = certificateHash(alicesKey.authorities[0]!);
    const [anchor] = trusted.filter(({ sha256 }) => sha256 !== own);
    expect(trusted).toHaveLength(2);
    return everyShape({
      ...{ bob, victim, now },
      receiversAuthority: alicesKey.authorities[0]!,
      anchor: Buffer.from(anchor!.der, 'base64'),
    });
  };

  const from = ({ address }: TestPerson) => ({
    from: address,
    receiver: { address: ALICE, certificate: alicesKey.certificate },
  });

  const sendTo = async (victim: TestPerson, shapes: readonly HostileLeaf[]) => {
    const sent = await sendMessage(await alice.thunderbird.running(), sink, { to: [victim.address], body: 'for her' });
    const open = async (key: KeyAndCertificate): Promise<boolean> => {
      const options = { recipient: keyPairBytes(key), senderAuthority: alicesKey.authorities[0]! };
      return (await inspectMail(sent.mail.bytes, options)).content !== null;
    };
    const others = [];
    for (const { shape, key } of shapes) if (await open(key)) others.push(shape);
    return { wire: wireOf(sent.mail.bytes), opensForVictim: await open(victim.own), opensForOthers: others };
  };

  it('[SEC-16] is never taken for a third person, and mail to that person stays encrypted to them', async () => {
    const shapes = await shapesAgainst(carol);
    const thunderbird = await alice.thunderbird.running();
    const outcomes = [];
    for (const shape of shapes) {
      const signedAsVictim = await shownAsSigned(thunderbird, shape, from(carol));
      await addWhatIsTaken(thunderbird, [...(shape.extra ?? []), shape.key.certificate]);
      const chosen = (await certificateFor(thunderbird, carol.address))?.sha256;
      const certificate = chosen === certificateHash(carol.own.certificate) ? 'hers' : chosen;
      outcomes.push({ shape: shape.shape, signedAsVictim, certificate, ...(await sendTo(carol, [shape])) });
    }
    expect(outcomes).toEqual(
      shapes.map(({ shape }) => ({ shape, signedAsVictim: false, certificate: 'hers', ...SEALED })),
    );
    await alice.thunderbird.closed();
    expect(await sendTo(carol, shapes)).toEqual(SEALED);
  });

  it('[SEC-16] can not stand in the way of somebody whom alice meets later', async () => {
    const dave = await createTestPerson('dave@example.test', 'Dave Example');
    const shapes = await shapesAgainst(dave);
    const thunderbird = await alice.thunderbird.running();
    for (const shape of shapes) {
      expect(await shownAsSigned(thunderbird, shape, from(dave)), shape.shape).toBe(false);
    }
    expect(await certificateFor(thunderbird, dave.address)).toBeNull();
    expect((await sendMessage(thunderbird, sink, { to: [dave.address], body: 'not yet' })).state.encrypted).toBe(false);
    await alice.thunderbird.closed();
    await meet(dave);
    expect((await certificateFor(await alice.thunderbird.running(), dave.address))?.sha256).toBe(
      certificateHash(dave.own.certificate),
    );
    expect(await sendTo(dave, shapes)).toEqual(SEALED);
  });

  it('is told to alice where a false certificate already has the place of a real one in the store', async () => {
    // A mail can not bring it there (the test above); whoever can write to the store could.
    const erin = await createTestPerson('erin@example.test', 'Erin Example');
    const thunderbird = await alice.thunderbird.running();
    const twin = (await shapesAgainst(erin)).find(({ shape }) =>
      shape.endsWith('issuer and serial of her certificate'),
    )!;
    await addCertificate(thunderbird, twin.key.certificate, ',,');
    await alice.thunderbird.closed();
    const options = { home: alice.home, env: alice.env };
    const run = await endymail(['import-peer', publicPartFile(erin, alice.home), '--yes', '--json'], options);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('certificate-store');
    expect(await certificateFor(await alice.thunderbird.running(), erin.address)).toBeNull();
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
    const shapes = await everyShape({
      bob,
      victim: carol,
      receiversAuthority: somebody.authority.certificate,
      anchor: other.authority.certificate,
      now,
    });
    const thunderbird = await handle.running();
    const receiver = { address: ALICE, certificate: alice.own.certificate };
    const outcomes = [];
    for (const shape of shapes) {
      outcomes.push(await attackWithTrust(thunderbird, { shape, receiver, bob, victim: carol, now }));
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

/** A mail that nobody but the person it is for can read. */
const SEALED = Object.freeze({ wire: 'enveloped-data', opensForVictim: true, opensForOthers: [] });

interface Cast {
  readonly shape: HostileLeaf;
  readonly receiver: { readonly address: string; readonly certificate: Uint8Array };
  readonly bob: TestPerson;
  readonly victim: TestPerson;
  readonly now: Date;
}

async function everyShape(o: {
  readonly bob: TestPerson;
  readonly victim: TestPerson;
  readonly receiversAuthority: Uint8Array;
  readonly anchor: Uint8Array;
  readonly now: Date;
}): Promise<readonly HostileLeaf[]> {
  const { authority, address } = o.bob;
  const taken = [
    { whose: 'her CA', certificate: o.victim.authority.certificate },
    { whose: "the receiver's CA", certificate: o.receiversAuthority },
    { whose: "the receiver's anchor", certificate: o.anchor },
  ];
  return [
    ...(await hostileLeaves({ authority, bob: address, carol: o.victim.address, now: o.now })),
    ...takenNames({ authority, carol: o.victim.address, victim: o.victim.own.certificate, now: o.now, taken }),
  ];
}

async function attackWithTrust(thunderbird: Thunderbird, cast: Cast) {
  const { receiver } = cast;
  const { extra = [], key } = cast.shape;
  const before = new Set((await listCertificates(thunderbird)).map(({ sha256 }) => sha256));
  const root =
    extra.find(isSelfIssued) ??
    unlimitedRoot(certificateFacts(extra[0] ?? key.certificate).issuer, cast.bob.authority, cast.now);
  await addCertificate(thunderbird, root, ',C,');
  const signedAsVictim = await shownAsSigned(thunderbird, cast.shape, { from: cast.victim.address, receiver });
  const signedAsBob =
    READ_AS_BOBS.has(cast.shape.shape) &&
    (await shownAsSigned(thunderbird, cast.shape, { from: cast.bob.address, receiver }));
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
