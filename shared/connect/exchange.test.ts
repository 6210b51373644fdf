import { beforeAll, describe, expect, it } from 'vitest';
import { ORDINARY_ROLES } from '../identity/index.ts';
import { emptyHeads } from '../identity/testing/account.ts';
import {
  accountIdBytes,
  cpaceFinish,
  cpaceMac,
  decodeCbor,
  encodeCbor,
  hash32Bytes,
  hkdf,
  hpkeOpen,
  isCborArray,
  kemKeyFromSeed,
  keyIdBytes,
  openStatement,
  openUnder,
  sequenceIdBytes,
  sha256,
  unpadded,
  type CborValue,
  type StatementType,
} from '../sealing/index.ts';
import { Redacted } from '../result/index.ts';
import { answer } from './approving.ts';
import type { Offered } from './approvals.ts';
import type { Confirmed, Requested } from './join-state.ts';
import { onOffer } from './joining.ts';
import { makeReject } from './reject.ts';
import type { PendingRequest } from './request.ts';
import {
  adds,
  after,
  as,
  asks,
  confirms,
  must,
  newWorld,
  NOON_SECONDS,
  received,
  shown,
  THIS_LAPTOP,
  types,
  type World,
} from './testing/world.ts';

// Everything here is put together anew from docs/protocol.md §7, so that a second implementation agrees with this one.

let world: World;
let asked: Requested;
let request: PendingRequest;
let offered: Offered;
let confirmed: Confirmed;
let account: Uint8Array;
let id: Uint8Array;

beforeAll(async () => {
  const start = await newWorld();
  asked = await asks(start);
  request = await received(start, asked.message);
  const step = must(await types(start, request, shown(asked)));
  offered = as(step.approval, 'offered');
  const { state } = await onOffer(asked, start.profile, offered.message, NOON_SECONDS);
  confirmed = as(state, 'confirmed');
  world = after(start, step);
  account = accountIdBytes(world.account);
  id = hash32Bytes(request.id);
});

/** The payload of a statement of the exchange; `by` is the public key of who signs it. */
async function opened(message: Uint8Array, type: StatementType, by: Uint8Array): Promise<Uint8Array> {
  const context = encodeCbor([`endymail/${type}`, 1, account, id]);
  return must(await openStatement(message, { type, context, keyOf: () => by })).payload;
}

function listIn(bytes: Uint8Array | null): readonly CborValue[] {
  const value = bytes === null ? null : decodeCbor(bytes);
  if (!isCborArray(value)) throw new Error('No list');
  return value;
}

const bytesIn = (value: CborValue | undefined): Uint8Array => {
  if (!(value instanceof Uint8Array)) throw new Error('No bytes');
  return value;
};

/** What the new device derives, from what is on the wire and its own scalar. */
async function derived() {
  const [share, roles, count, hash, mac] = listIn(await opened(offered.message, 'offer', world.admin.publicKey));
  const sid = sha256(encodeCbor(['endymail/sid', 1, account, request.core]));
  const own = { share: request.share, associatedData: sha256(request.core) };
  const associatedData = encodeCbor([keyIdBytes(world.admin.id), roles!, count!, hash!]);
  const peer = { share: bytesIn(share), associatedData };
  const isk = must(cpaceFinish({ scalar: asked.exchange, sid, role: 'initiator', own, peer }));
  return { isk, sid, own, peer, mac, terms: [roles, count, hash] };
}

describe('what goes over the wire', () => {
  it('is, in the offer, the terms and the proof over them', async () => {
    const { isk, sid, peer, mac, terms } = await derived();
    const { count, hash } = world.profile.head;
    expect(terms).toEqual([ORDINARY_ROLES, count, hash32Bytes(hash)]);
    expect(mac).toEqual(cpaceMac({ isk, sid, ...peer }));
  });

  it('is, in the confirmation, the proof, the acceptance and the sealed description', async () => {
    const { isk, sid, own } = await derived();
    const [mac, reverse, sealed] = listIn(await opened(confirmed.message, 'confirm', request.publicKey));
    expect(mac).toEqual(cpaceMac({ isk, sid, ...own }));
    const context = encodeCbor(['endymail/reverse', 1, account]);
    const accepted = await openStatement(bytesIn(reverse), {
      type: 'reverse',
      context,
      keyOf: () => request.publicKey,
    });
    const { count, hash } = world.profile.head;
    expect(listIn(must(accepted).payload)).toEqual([1, ORDINARY_ROLES, count, hash32Bytes(hash)]);
    const about = encodeCbor(['endymail/description', 1, account, id]);
    const key = new Redacted(hkdf(isk.reveal(), new Uint8Array(), about, 32));
    const content = unpadded(must(await openUnder(key, about, bytesIn(sealed))));
    expect(listIn(content)).toEqual([1, THIS_LAPTOP.name, THIS_LAPTOP.platform]);
  });

  it('is, in the answer, the heads and key checks of all sequences in their order', async () => {
    const step = must(await confirms(world, request.id, confirmed.message));
    const added = await adds(after(world, step), as(step.approval, 'approved'));
    const { profile } = added;
    const of = { requestId: request.id, profile, heads: emptyHeads(profile), admin: world.admin };
    const { message } = must(await answer(added.approvals, of)).approval;
    const sealed = await opened(message, 'answer', world.admin.publicKey);
    const info = encodeCbor(['endymail/answer', 1, account, id, keyIdBytes(world.admin.id)]);
    const kem = await kemKeyFromSeed(asked.device.kem);
    const content = must(await hpkeOpen(kem, info, new Uint8Array(), sealed)).reveal();
    const sequences = [...profile.sequences.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
    expect(listIn(content)).toEqual([
      1,
      profile.head.count,
      hash32Bytes(profile.head.hash),
      sequences.map((sequence) => {
        const { count, hash } = emptyHeads(profile).get(sequence.id)!;
        return [sequenceIdBytes(sequence.id), count, hash32Bytes(hash)];
      }),
      sequences.map(({ id: sequence, epochs }) => [
        sequenceIdBytes(sequence),
        epochs[0]!.epoch,
        hash32Bytes(epochs[0]!.keyCheck),
      ]),
    ]);
  });

  it.each([
    ['not-me', 1],
    ['wrong-digits', 2],
    ['too-late', 3],
    ['taken-back', 4],
  ] as const)('is, in a no for %s, the number %i', async (reason, number) => {
    const { account: of, admin } = world;
    const message = await makeReject({ account: of, requestId: request.id, key: admin, reason });
    expect(listIn(await opened(message, 'reject', admin.publicKey))).toEqual([1, number]);
  });
});
