import { describe, expect, it } from 'vitest';
import {
  encodeCbor,
  hash32Bytes,
  keyIdBytes,
  sequenceIdBytes,
  signStatement,
  type CborValue,
  type SigningKey,
} from '../sealing/index.ts';
import { firstChainHead, firstSequenceHead } from './heads.ts';
import { decodeLink, encodeLink, linkContext, type LinkBody } from './link.ts';
import type { Profile } from './profile.ts';
import { ORDINARY_ROLES } from './roles.ts';
import { newAccount, newDevice, NOW, withDevice } from './testing/account.ts';
import { faultOf, SOME_BUNDLE, stated } from './testing/links.ts';
import { beginProfile, linkIn } from './verify.ts';

/** A link behind the head as somebody writes it who does not use `encodeLink`. */
const written = (
  { account, head }: Profile,
  key: SigningKey,
  of: { readonly version?: number; readonly kind: number; readonly body: CborValue },
): Promise<Uint8Array> =>
  signStatement({
    type: 'link',
    key,
    context: linkContext(account),
    payload: encodeCbor([
      of.version ?? 1,
      head.count,
      hash32Bytes(head.hash),
      NOW,
      of.kind,
      of.body,
      hash32Bytes(SOME_BUNDLE),
    ]),
  });

describe('[SEC-80] a reader stops with “newer”', () => {
  it('at a kind of link that it does not know, whoever of the account has signed it', async () => {
    const second = await newDevice();
    const { profile, first, root } = await withDevice(await newAccount(), second, ORDINARY_ROLES);
    for (const kind of [6, 7, 8, 9, 13]) {
      for (const key of [first.signing, second.signing, root]) {
        expect(await faultOf(profile, await written(profile, key, { kind, body: [] }))).toBe('newer');
      }
    }
    const stranger = (await newDevice()).signing;
    expect(await faultOf(profile, await written(profile, stranger, { kind: 7, body: [] }))).toBe('not-allowed');
  });

  it('at a version that it does not know', async () => {
    const { profile, first } = await newAccount();
    const link = await written(profile, first.signing, { version: 2, kind: 1, body: [] });
    expect(await faultOf(profile, link)).toBe('newer');
    const none = await written(profile, first.signing, { version: 0, kind: 1, body: [] });
    expect(await faultOf(profile, none)).toBe('malformed');
  });

  it('at the first link as at each', async () => {
    const { profile, root } = await newAccount();
    expect(await beginProfile(await written(profile, root, { version: 2, kind: 0, body: [] }))).toEqual({
      ok: false,
      error: 'newer',
    });
    expect(await beginProfile(Uint8Array.of(0xd2, 0x80))).toEqual({ ok: false, error: 'malformed' });
  });
});

describe('[SEC-80] a link is malformed', () => {
  it('when the catalogs of the first one are not in order', async () => {
    const { profile, root, first, links } = await newAccount();
    const link = await linkIn(profile, links[0] ?? new Uint8Array());
    if (link?.body.kind !== 'create') throw new Error('no first link');
    const { device, epochs } = link.body;
    const catalogs = [...profile.sequences.values()].map(({ id, roles }, index): CborValue => [
      index + 1,
      sequenceIdBytes(id),
      roles,
    ]);
    const stands = { ...profile, head: firstChainHead(profile.account) };
    const verdict = async (list: readonly CborValue[]) => {
      const begun = await beginProfile(
        await written(stands, root, {
          kind: 0,
          body: [
            root.publicKey,
            hash32Bytes(profile.recoveryKem),
            list,
            [first.signing.publicKey, hash32Bytes(device.kem), device.roles, device.reverse, null],
            epochs.map(({ sequence, epoch, keyCheck }) => [sequenceIdBytes(sequence), epoch, hash32Bytes(keyCheck)]),
          ],
        }),
      );
      return begun.ok ? null : begun.error;
    };
    expect(await verdict(catalogs)).toBe(null);
    expect(await verdict(catalogs.toReversed())).toBe('bad-sequences');
  });

  it('when its lists are not in order, or hold something twice', async () => {
    const { profile, first } = await newAccount();
    const ids = [...profile.sequences.keys()].toSorted().slice(0, 2);
    const heads = ids.map((id): CborValue => {
      const { count, hash } = firstSequenceHead(profile.account, id);
      return [sequenceIdBytes(id), count, hash32Bytes(hash)];
    });
    const epochs = ids.map((id): CborValue => [sequenceIdBytes(id), 2, hash32Bytes(SOME_BUNDLE)]);
    const verdict = async (body: CborValue) =>
      faultOf(profile, await written(profile, first.signing, { kind: 5, body }));
    const twice = (list: readonly CborValue[]): CborValue => list.flatMap((one) => [one, one]);
    expect(await verdict([heads, epochs])).toBe(null);
    expect(await verdict([heads.toReversed(), epochs])).toBe('malformed');
    expect(await verdict([heads, epochs.toReversed()])).toBe('malformed');
    expect(await verdict([twice(heads), epochs])).toBe('malformed');
    expect(await verdict([heads, twice(epochs)])).toBe('malformed');
    expect(await verdict([[], []])).toBe('malformed');
  });

  it('when something is missing, too much, of another type or another size', async () => {
    const { profile, first } = await newAccount();
    const device = await stated(profile, await newDevice());
    const fields: readonly CborValue[] = [
      device.publicKey,
      hash32Bytes(device.kem),
      device.roles,
      device.reverse,
      null,
    ];
    const wrong: readonly (readonly [kind: number, body: CborValue])[] = [
      [1, []],
      [1, [fields]],
      [1, [fields, null, null]],
      [1, [fields.slice(1), null]],
      [1, [fields.with(0, device.publicKey.slice(1)), null]],
      [1, [fields.with(1, SOME_BUNDLE), null]],
      [1, [fields.with(2, -1), null]],
      [1, [fields.with(3, new Uint8Array(0)), null]],
      [1, [fields.with(3, new Uint8Array(1_025)), null]],
      [1, [fields.with(4, new Uint8Array(15)), null]],
      [1, [fields, new Uint8Array(31)]],
      [2, [keyIdBytes(first.signing.id)]],
      [10, [0]],
      [10, null],
    ];
    for (const [kind, body] of wrong) {
      expect(await faultOf(profile, await written(profile, first.signing, { kind, body }))).toBe('malformed');
    }
    expect(await faultOf(profile, await written(profile, first.signing, { kind: 1, body: [fields, null] }))).toBe(null);
  });
});

it('every kind of link is read as it was written, its lists put in order', async () => {
  const { profile, first } = await newAccount();
  const device = await stated(profile, await newDevice(), { invitation: new Uint8Array(16).fill(3) });
  const ids = [...profile.sequences.keys()].toSorted();
  const heads = ids.map((sequence) => ({ sequence, head: firstSequenceHead(profile.account, sequence) }));
  const epochs = ids.map((sequence) => ({ sequence, epoch: 2, keyCheck: SOME_BUNDLE }));
  const sequences = ids.map((sequence, index) => ({ catalog: index + 1, sequence, roles: 0 }));
  const bodies: readonly LinkBody[] = [
    { kind: 'create', root: profile.root, recoveryKem: profile.recoveryKem, sequences, device, epochs },
    { kind: 'add-device', device, request: SOME_BUNDLE },
    { kind: 'remove-device', device: first.signing.id, heads, epochs },
    { kind: 'remove-device', device: first.signing.id, heads, epochs, act: 3 },
    { kind: 'change-role', device: first.signing.id, roles: 0, heads, epochs },
    { kind: 'announce', device: first.signing.id },
    { kind: 'cancel', act: 3 },
    { kind: 'replace-keys', device: first.signing.id, kem: SOME_BUNDLE },
    { kind: 'rotate', heads, epochs },
    { kind: 'close' },
  ];
  for (const body of bodies) {
    const link = { index: 1, previous: profile.head.hash, time: NOW, body, bundle: SOME_BUNDLE };
    expect(decodeLink(encodeLink(link))).toEqual({ ok: true, value: link });
  }
  const turned: LinkBody = { kind: 'rotate', heads: heads.toReversed(), epochs: epochs.toReversed() };
  const link = { index: 1, previous: profile.head.hash, time: NOW, bundle: SOME_BUNDLE };
  expect(encodeLink({ ...link, body: turned })).toEqual(
    encodeLink({ ...link, body: { kind: 'rotate', heads, epochs } }),
  );
});
