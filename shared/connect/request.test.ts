import { beforeAll, describe, expect, it } from 'vitest';
import {
  accountIdBytes,
  cpaceShare,
  decodeCbor,
  encodeCbor,
  generateKemKey,
  generateSigningKey,
  hash32Bytes,
  hash32Of,
  kemHash,
  openStatement,
  sha256,
  signStatement,
  signingKeyFromSeed,
  utf8,
  type CborValue,
  type SigningKey,
} from '../sealing/index.ts';
import { Redacted } from '../result/index.ts';
import type { Requested } from './join-state.ts';
import { readRequest } from './request.ts';
import { asks, must, newWorld, NOON_SECONDS, received, SERVICE_ID, shown, type World } from './testing/world.ts';

let world: World;
let asked: Requested;
let fields: readonly CborValue[];

beforeAll(async () => {
  world = await newWorld();
  asked = await asks(world);
  fields = listOf(asked.message);
});

function listOf(bytes: Uint8Array): readonly CborValue[] {
  const value = decodeCbor(bytes);
  if (!Array.isArray(value)) throw new Error('No list');
  return value as readonly CborValue[];
}

const reads = (message: Uint8Array, of: Partial<Parameters<typeof readRequest>[0]> = {}) =>
  readRequest({ account: world.account, serviceId: SERVICE_ID, message, ...of });

const signed = (key: SigningKey, payload: CborValue): Promise<Uint8Array> =>
  signStatement({
    type: 'request',
    key,
    context: encodeCbor(['endymail/request', 1, accountIdBytes(world.account)]),
    payload: encodeCbor(payload),
  });

/** The request, with its statement made anew over this core. */
async function withCore(core: CborValue, share: CborValue = new Uint8Array(32)): Promise<Uint8Array> {
  const key = await signingKeyFromSeed(asked.device.signing);
  return encodeCbor([1, key.publicKey, fields[2]!, await signed(key, [core, share])]);
}

const core = (of: Record<number, CborValue> = {}): CborValue => {
  const { count, hash } = world.profile.head;
  const good: CborValue[] = [
    1,
    SERVICE_ID,
    count,
    hash32Bytes(hash),
    sha256(fields[2] as Uint8Array),
    new Uint8Array(32),
    NOON_SECONDS,
    null,
    null,
  ];
  return good.map((field, at) => of[at] ?? field);
};

describe('a request', () => {
  it('is on the wire what docs/protocol.md says, to the byte', async () => {
    const [version, publicKey, kemKey, statement, ...more] = fields;
    const key = await signingKeyFromSeed(asked.device.signing);
    expect([version, publicKey, more]).toEqual([1, key.publicKey, []]);
    const opened = must(
      await openStatement(statement as Uint8Array, {
        type: 'request',
        context: encodeCbor(['endymail/request', 1, accountIdBytes(world.account)]),
        keyOf: () => key.publicKey,
      }),
    );
    const [sent, share] = listOf(opened.payload) as [readonly CborValue[], Uint8Array];
    const { count, hash } = world.profile.head;
    expect(sent).toEqual([
      1,
      SERVICE_ID,
      count,
      hash32Bytes(hash),
      hash32Bytes(kemHash(kemKey as Uint8Array)),
      expect.any(Uint8Array),
      NOON_SECONDS,
      null,
      null,
    ]);
    const sid = sha256(encodeCbor(['endymail/sid', 1, accountIdBytes(world.account), encodeCbor(sent)]));
    const channel = encodeCbor(['endymail/connect', 1, accountIdBytes(world.account)]);
    const password = new Redacted(utf8(shown(asked).reveal()));
    expect(cpaceShare({ password, channel, sid }, asked.exchange).share).toEqual(share);
    expect(asked.requestId).toBe(hash32Of(asked.message));
  });

  it('is read with its keys, its head and its time', async () => {
    const key = await signingKeyFromSeed(asked.device.signing);
    expect(await received(world, asked.message)).toMatchObject({
      id: asked.requestId,
      device: key.id,
      head: world.profile.head,
      created: NOON_SECONDS,
    });
  });

  it('is refused for another account, and at another service', async () => {
    const { account } = await newWorld();
    expect(await reads(asked.message, { account })).toEqual({ ok: false, error: 'bad-signature' });
    const serviceId = new Uint8Array(16).fill(8);
    expect(await reads(asked.message, { serviceId })).toEqual({ ok: false, error: 'other-service' });
  });

  it('is refused with another key than the one that signed it', async () => {
    const { publicKey } = await generateSigningKey();
    const swapped = encodeCbor([1, publicKey, fields[2]!, fields[3]!]);
    expect(await reads(swapped)).toEqual({ ok: false, error: 'bad-signature' });
  });

  it('is refused with another KEM key than the one it states', async () => {
    const { publicKey } = await generateKemKey();
    expect(await reads(encodeCbor([1, fields[1]!, publicKey, fields[3]!]))).toEqual({ ok: false, error: 'malformed' });
  });

  it('is another request when somebody else signs the same core', async () => {
    const thief = await generateSigningKey();
    const key = await signingKeyFromSeed(asked.device.signing);
    const context = encodeCbor(['endymail/request', 1, accountIdBytes(world.account)]);
    const keyOf = (): Uint8Array => key.publicKey;
    const { payload } = must(await openStatement(fields[3] as Uint8Array, { type: 'request', context, keyOf }));
    const stolen = encodeCbor([1, thief.publicKey, fields[2]!, await signed(thief, decodeCbor(payload))]);
    expect(must(await reads(stolen)).id).not.toBe(asked.requestId);
  });

  it('is read with every good core', async () => {
    expect((await reads(await withCore(core()))).ok).toBe(true);
    expect((await reads(await withCore(core({ 7: new Uint8Array(16) })))).ok).toBe(true);
    expect((await reads(await withCore(core({ 8: true })))).ok).toBe(true);
    expect((await reads(await withCore(core({ 8: new Uint8Array(32) })))).ok).toBe(true);
  });

  it.each([
    ['a core of a newer version', { 0: 2 }, 'newer'],
    ['a service’s id of 15 bytes', { 1: new Uint8Array(15) }, 'malformed'],
    ['a length below zero', { 2: -1 }, 'malformed'],
    ['a short hash', { 3: new Uint8Array(31) }, 'malformed'],
    ['too few random bytes', { 5: new Uint8Array(31) }, 'malformed'],
    ['a time that is text', { 6: 'noon' }, 'malformed'],
    ['an invitation of 15 bytes', { 7: new Uint8Array(15) }, 'malformed'],
    ['a certificate’s key of 31 bytes', { 8: new Uint8Array(31) }, 'malformed'],
    ['no certificate that was seen, and none that was not', { 8: false }, 'malformed'],
  ])('is refused with %s', async (_what, change, error) => {
    expect(await reads(await withCore(core(change)))).toEqual({ ok: false, error });
  });

  it('is refused with a short share, or with more than belongs into it', async () => {
    expect(await reads(await withCore(core(), new Uint8Array(31)))).toEqual({ ok: false, error: 'malformed' });
    expect(await reads(encodeCbor([...fields, 1]))).toEqual({ ok: false, error: 'malformed' });
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a newer request', encodeCbor([2])],
    ['more than a message may be', encodeCbor([1, new Uint8Array(70_000)])],
  ])('is none: %s', async (_what, bytes) => {
    const read = await reads(bytes);
    expect(read).toEqual({ ok: false, error: decodeCbor(bytes) === null || bytes.length > 3 ? 'malformed' : 'newer' });
  });

  it('is refused with a key of small order, for which anybody can sign', async () => {
    const weak = Uint8Array.from([1, ...new Uint8Array(31)]);
    expect(await reads(encodeCbor([1, weak, fields[2]!, fields[3]!]))).toEqual({ ok: false, error: 'malformed' });
  });

  it('is refused with a KEM key that nobody can seal to', async () => {
    const bad = new Uint8Array(1216).fill(255);
    const key = await signingKeyFromSeed(asked.device.signing);
    const message = encodeCbor([
      1,
      key.publicKey,
      bad,
      await signed(key, [core({ 4: sha256(bad) }), new Uint8Array(32)]),
    ]);
    expect(await reads(message)).toEqual({ ok: false, error: 'malformed' });
  });
});
