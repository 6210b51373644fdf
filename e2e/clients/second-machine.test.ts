import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  askToJoin,
  certificateHash,
  createPerson,
  createTestPerson,
  encryptMail,
  endymail,
  inspectMail,
  introduce,
  openMessage,
  publicPartFile,
  receiveMessage,
  requirePrograms,
  sendMessage,
  startMesh,
  startSmtpSink,
  type EndymailRun,
  type KeyPairBytes,
  type Mesh,
  type Person,
  type SmtpSink,
} from '../harness/index.ts';

const ALICE = 'alice@example.test';
const BOB = 'bob@example.test';
const CAROL = 'carol@example.test';

const ALICE_HERE = [{ address: ALICE, name: 'Alice Example' }] as const;

type ExportedKey = KeyPairBytes & { readonly authorities: readonly Uint8Array[] };

/**
 * Alice has protected her mailbox on one computer, and gets a second one. There she types one command, and on the first
 * the digits that it shows; nothing else. All is done by the command line, with a service in a process of its own.
 */
describe('the second computer', () => {
  requirePrograms('thunderbird', 'openssl', 'certutil', 'pk12util', 'gnome-keyring-daemon', 'dbus-daemon');
  let sink: SmtpSink;
  let mesh: Mesh;
  let first: Person;
  let second: Person;
  let bob: Person;
  let oldMail: Buffer;
  let bobsKey: ExportedKey;
  let alicesKey: ExportedKey;

  const run = (person: Person, ...args: readonly string[]): Promise<EndymailRun> =>
    endymail(args, { home: person.home, env: person.env });

  /** What the first computer shows of the one request that waits, and the digits typed there. */
  async function approves(digits: string): Promise<void> {
    const pending = await first.endymail('device', 'pending', '--json');
    const requests = pending.json() as readonly { readonly id: string }[];
    expect(requests).toHaveLength(1);
    await first.endymail('device', 'approve', requests[0]?.id.slice(0, 8) ?? '', '--digits', digits);
  }

  const opensOldMail = async (person: Person): Promise<void> => {
    const thunderbird = await person.thunderbird.running();
    expect(await openMessage(thunderbird, await receiveMessage(thunderbird, oldMail))).toMatchObject({
      encryptionIcon: 'ok',
      signatureIcon: 'ok',
      signerAddresses: [BOB],
      body: expect.stringContaining('from before') as string,
    });
    await person.thunderbird.closed();
  };

  beforeAll(async () => {
    [sink, mesh] = await Promise.all([startSmtpSink(), startMesh()]);
    first = await createPerson({ identities: ALICE_HERE, sink });
    second = await createPerson({ identities: ALICE_HERE, sink });
    bob = await createPerson({ identities: [{ address: BOB, name: 'Bob Example' }], sink });
    await first.endymail('enable', ALICE, '--yes');
    await bob.endymail('enable', BOB, '--yes');
    await introduce(first, bob);
    [bobsKey, alicesKey] = [await bob.exportKey(), await first.exportKey()];
    const sent = await sendMessage(await bob.thunderbird.running(), sink, { to: [ALICE], body: 'from before' });
    expect(sent.state).toMatchObject({ encrypted: true, signed: true });
    oldMail = sent.mail.bytes;
    await bob.thunderbird.closed();
  });

  afterAll(async () => {
    for (const person of [first, second, bob]) await person.dispose();
    await mesh.dispose();
    await sink.close();
  });

  it('is set up by one command on it, and the digits that it shows typed on the first', async () => {
    await first.endymail('account', 'create', `alice@${mesh.host}`);
    const { digits, end } = await askToJoin(second, `alice@${mesh.host}`);
    await approves(digits);
    expect(await end()).toMatchObject({
      code: 0,
      said: expect.stringContaining(`alice@${mesh.host}`) as string,
    });
    await second.endymail('check', ALICE);
  });

  it('opens the mail from before', async () => {
    await opensOldMail(second);
  });

  it('writes to bob encrypted and signed, with the same key', async () => {
    const sent = await sendMessage(await second.thunderbird.running(), sink, { to: [BOB], body: 'from the second' });
    expect(sent.state).toMatchObject({ encrypted: true, signed: true, openPgp: false });
    const seen = await inspectMail(sent.mail.bytes, {
      recipient: bobsKey,
      senderAuthority: alicesKey.authorities[0]!,
    });
    expect(seen).toMatchObject({ wire: 'enveloped-data', signature: { valid: true, signerAddresses: [ALICE] } });
    expect(seen.signature?.text).toContain('from the second');
    expect(seen.signature?.carries.map(certificateHash)).toEqual([certificateHash(alicesKey.certificate)]);
    await second.thunderbird.closed();
  });

  it('is listed on both', async () => {
    const ofFirst = await devicesOf(first);
    await second.endymail('sync');
    const ofSecond = await devicesOf(second);
    expect(ofFirst.map(({ isThis, mayApprove, state }) => [isThis, mayApprove, state])).toEqual([
      [true, true, 'active'],
      [false, false, 'active'],
    ]);
    expect(ofSecond.map(({ id }) => id)).toEqual(ofFirst.map(({ id }) => id).reverse());
  });

  it('goes on without the service, says so, and shares afterwards what was done meanwhile', async () => {
    await mesh.stop();
    await first.endymail('enable', ALICE, '--yes');
    const carol = await createTestPerson(CAROL, 'Carol Example');
    await first.endymail('import-peer', publicPartFile(carol, first.home), '--yes');
    await first.endymail('share', ALICE, '--out', join(first.home.scratchFolder, 'offline.endymail'));
    const offline = await run(first, 'sync');
    expect(offline).toMatchObject({ code: 1, stdout: '' });
    expect(offline.stderr).toContain('The mesh service can not be reached.');
    expect(offline.stderr).toContain('What you change is kept here');
    expect((await run(first, 'sync', '--json')).json()).toMatchObject({ error: { code: 'mesh-offline', retry: true } });
    await mesh.start();
    await first.endymail('sync');
    await second.endymail('sync');
    const known = await second.endymail('peers', '--json');
    expect(known.json()).toMatchObject({ people: [{ address: BOB }, { address: CAROL }] });
  });

  it('takes in a third one that had a key of its own, keeps that for its mail, and waits for its Thunderbird', async () => {
    await using third = await createPerson({ identities: ALICE_HERE, sink });
    await third.endymail('enable', ALICE, '--yes');
    const own = await third.exportKey();
    const thunderbird = await third.thunderbird.running();
    const { digits, end } = await askToJoin(third, `alice@${mesh.host}`);
    await approves(digits);
    const joined = await end();
    expect(joined).toMatchObject({ code: 3, said: expect.stringContaining('This computer belongs to') as string });
    expect(joined.said).toContain('Endymail finishes the next time it runs with Thunderbird closed.');
    expect(joined.said).not.toContain('I am waiting');
    const headers = { from: BOB, to: ALICE, subject: 'sealed' };
    const content = Buffer.from('Content-Type: text/plain\r\n\r\nto the key of the third\r\n');
    const toOwnKey = await encryptMail({ recipient: own.certificate, content, ...headers });
    const uri = await receiveMessage(thunderbird, toOwnKey);
    await third.thunderbird.closed();
    await third.endymail('check', ALICE);
    expect(await openMessage(await third.thunderbird.running(), uri)).toMatchObject({
      encryptionIcon: 'ok',
      body: expect.stringContaining('to the key of the third') as string,
    });
    await opensOldMail(third);
    expect(certificateHash((await third.exportKey()).certificate)).toBe(certificateHash(alicesKey.certificate));
    await first.endymail('sync');
    expect(await devicesOf(first)).toHaveLength(3);
  });

  it('reads no more when it was removed, and keeps what it had', async () => {
    const [, { id } = { id: '' }] = await devicesOf(first);
    await first.endymail('device', 'remove', id.slice(0, 8), '--yes');
    await first.endymail('check', ALICE);
    const removed = await run(second, 'sync');
    expect(removed.code).toBe(3);
    expect(removed.stderr).toContain('This device was removed from its account by another device.');
    expect(removed.stderr).toContain('Nothing was deleted');
    await opensOldMail(second);
    await opensOldMail(first);
    const renewed = await first.exportKey();
    expect(certificateHash(renewed.certificate)).not.toBe(certificateHash(alicesKey.certificate));
    expect(certificateHash(renewed.authorities[0]!)).not.toBe(certificateHash(alicesKey.authorities[0]!));
    expect(certificateHash((await second.exportKey()).certificate)).toBe(certificateHash(alicesKey.certificate));
  });
});

interface ListedDevice {
  readonly id: string;
  readonly isThis: boolean;
  readonly mayApprove: boolean;
  readonly state: string;
}

async function devicesOf(person: Person): Promise<readonly ListedDevice[]> {
  const listed = await person.endymail('device', 'list', '--json');
  return listed.json() as readonly ListedDevice[];
}
