import { describe, expect, it } from 'vitest';
import { generateSigningKey, hash32Of, keyIdOf, rootKeyOf } from '../sealing/index.ts';
import { isEquivocation } from './equivocation.ts';
import { firstChainHead, firstSequenceHead } from './heads.ts';
import { CHAIN_LIMITS } from './limits.ts';
import type { LinkBody, StatedDevice } from './link.ts';
import { makeAddDevice } from './making/make-add-device.ts';
import { makeClose } from './making/make-close.ts';
import { makeRemoveDevice, makeRotate } from './making/make-epochs.ts';
import { signLink } from './making/sign-link.ts';
import { activeDevices, currentEpoch, isAdmin, mayUse, passedThrough, sequenceOf, type Profile } from './profile.ts';
import { makeReverse } from './reverse.ts';
import { ALL_ROLES, ORDINARY_ROLES, ROLES } from './roles.ts';
import { emptyHeads, newAccount, newDevice, NOW, withDevice, withLink } from './testing/account.ts';
import { adding, faultOf, linkAfter, SOME_BUNDLE, stated } from './testing/links.ts';
import { extendProfile, linkIn, verifyChain } from './verify.ts';

describe('a chain', () => {
  it('of an account with a second device verifies from its first link, and says who may what', async () => {
    const second = await newDevice();
    const { links, profile, first } = await withDevice(await newAccount(), second, ORDINARY_ROLES);
    const verified = await verifyChain(profile.account, links);
    expect(verified).toEqual({ ok: true, value: profile });
    expect(activeDevices(profile).map(({ id }) => id)).toEqual([first.signing.id, second.signing.id]);
    expect(isAdmin(profile, first.signing.id)).toBe(true);
    expect(isAdmin(profile, second.signing.id)).toBe(false);
    expect(mayUse(profile, second.signing.id, 'mailboxes')).toBe(true);
    expect(mayUse(profile, second.signing.id, 'authorities')).toBe(false);
    expect(mayUse(profile, second.signing.id, 'settings')).toBe(true);
    expect(passedThrough(profile, firstChainHead(profile.account))).toBe(true);
  });

  it('ends what a removed device may do, and begins an epoch of every catalog', async () => {
    const second = await newDevice();
    const account = await withDevice(await newAccount(), second, ORDINARY_ROLES);
    const { profile, first, epochKeys, kemKeys } = account;
    const heads = emptyHeads(profile);
    const removed = await makeRemoveDevice({
      profile,
      signer: first.signing,
      device: second.signing.id,
      heads,
      epochKeys,
      kemKeys,
      nowSeconds: NOW + 2,
    });
    const after = withLink(account, removed);
    expect((await verifyChain(profile.account, after.links)).ok).toBe(true);
    expect(mayUse(removed.profile, second.signing.id, 'settings')).toBe(false);
    expect(removed.profile.devices.get(second.signing.id)?.removed).toEqual({ at: 2, heads });
    for (const id of removed.profile.sequences.keys()) {
      expect(currentEpoch(removed.profile, id)).toMatchObject({ epoch: 2, link: 2, from: heads.get(id) });
    }
    // A key that was in the account once is never taken again.
    const again = await linkAfter(removed.profile, first.signing, await adding(removed.profile, second));
    expect(await faultOf(removed.profile, again)).toBe('used-before');
    const bySecond = await linkAfter(removed.profile, second.signing, await adding(removed.profile, await newDevice()));
    expect(await faultOf(removed.profile, bySecond)).toBe('not-allowed');
  });

  it('[SEC-122] takes a device with every role from root at any head, and the removal of every other one', async () => {
    const account = await withDevice(await newAccount(), await newDevice(), ALL_ROLES);
    const { profile, root, recoverySecret, epochKeys, kemKeys } = account;
    const device = await newDevice();
    const reverse = await makeReverse(device.signing, {
      account: profile.account,
      roles: ALL_ROLES,
      head: profile.head,
    });
    const { signing, kem } = device;
    const added = await makeAddDevice({
      profile,
      admin: root,
      device: {
        publicKey: signing.publicKey,
        kemKey: kem.publicKey,
        roles: ALL_ROLES,
        reverse,
        invitation: null,
      },
      request: null,
      epochKeys,
      nowSeconds: NOW + 2,
    });
    let after = withLink(account, added);
    for (const { id } of activeDevices(profile)) {
      const removed = await makeRemoveDevice({
        profile: after.profile,
        signer: root,
        device: id,
        heads: emptyHeads(profile),
        epochKeys: after.epochKeys,
        kemKeys: new Map([...kemKeys, [signing.id, kem.publicKey]]),
        nowSeconds: NOW + 3,
      });
      after = { ...withLink(after, removed), epochKeys: removed.epochKeys };
    }
    expect((await verifyChain(profile.account, after.links)).ok).toBe(true);
    expect(activeDevices(after.profile).map(({ id }) => id)).toEqual([signing.id]);
    expect(isAdmin(after.profile, signing.id)).toBe(true);
    expect(keyIdOf(profile.root)).toBe((await rootKeyOf(recoverySecret)).id);
  });

  it('takes nothing more once the account is closed', async () => {
    const { profile, root, first } = await newAccount();
    const closed = await makeClose({ profile, root, nowSeconds: NOW });
    expect(closed.profile.isClosed).toBe(true);
    const more = await linkAfter(closed.profile, first.signing, await adding(closed.profile, await newDevice()));
    expect(await faultOf(closed.profile, more)).toBe('closed');
  });
});

describe('[SEC-80] a link is refused', () => {
  it('when it is the first one of another account', async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    const verified = await verifyChain(one.profile.account, other.links);
    expect(verified).toEqual({ ok: false, error: 'other-account' });
  });

  it('when a byte of it was changed', async () => {
    const { links, profile } = await withDevice(await newAccount(), await newDevice(), ORDINARY_ROLES);
    const before = await verifyChain(profile.account, links.slice(0, 1));
    if (!before.ok) throw new Error(before.error);
    const changed = Uint8Array.from(links[1] ?? []);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(await faultOf(before.value, changed)).toBe('bad-signature');
  });

  it('when it does not follow: left out, twice, or at another place', async () => {
    const account = await withDevice(await newAccount(), await newDevice(), ORDINARY_ROLES);
    const { profile, first, links } = account;
    expect(await faultOf(profile, links[1] ?? new Uint8Array())).toBe('does-not-follow');
    const body = await adding(profile, await newDevice());
    const elsewhere = await linkAfter(profile, first.signing, body, { index: 5 });
    expect(await faultOf(profile, elsewhere)).toBe('does-not-follow');
    const other = await linkAfter(profile, first.signing, body, { previous: hash32Of(new Uint8Array(1)) });
    expect(await faultOf(profile, other)).toBe('does-not-follow');
  });

  it('when a device that is no admin has signed it, or a stranger', async () => {
    const second = await newDevice();
    const { profile } = await withDevice(await newAccount(), second, ORDINARY_ROLES);
    const body = await adding(profile, await newDevice());
    expect(await faultOf(profile, await linkAfter(profile, second.signing, body))).toBe('not-allowed');
    expect(await faultOf(profile, await linkAfter(profile, await generateSigningKey(), body))).toBe('not-allowed');
  });

  it('when it is signed for another account', async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    const body = await adding(one.profile, await newDevice());
    const link = await signLink(other.profile.account, one.first.signing, {
      index: 1,
      previous: one.profile.head.hash,
      time: NOW,
      body,
      bundle: SOME_BUNDLE,
    });
    expect(await faultOf(one.profile, link)).toBe('bad-signature');
  });

  it('when the device has not accepted its roles, or for another account, or on another chain', async () => {
    const { profile, first } = await newAccount();
    const device = await newDevice();
    const { account, head } = profile;
    const roles = ORDINARY_ROLES;
    const other = (await newAccount()).profile;
    const reverses = [
      await makeReverse(device.signing, { account, roles: ROLES.mail, head }),
      await makeReverse((await newDevice()).signing, { account, roles, head }),
      await makeReverse(device.signing, { account: other.account, roles, head }),
      await makeReverse(device.signing, { account, roles, head: other.head }),
    ];
    for (const reverse of reverses) {
      const link = await linkAfter(profile, first.signing, await adding(profile, device, { reverse }));
      expect(await faultOf(profile, link)).toBe('bad-reverse');
    }
  });

  it('when it gives roles that are none, or the admin’s by invitation', async () => {
    const { profile, first } = await newAccount();
    for (const more of [{ roles: 0 }, { roles: 8 }, { roles: ALL_ROLES, invitation: new Uint8Array(16) }]) {
      const link = await linkAfter(profile, first.signing, await adding(profile, await newDevice(), more));
      expect(await faultOf(profile, link)).toBe('bad-roles');
    }
  });

  it('when it uses an invitation or a request a second time', async () => {
    const { profile, first } = await newAccount();
    const invitation = new Uint8Array(16).fill(7);
    const request = hash32Of(new Uint8Array(3));
    const once = async (at: Profile, more: Partial<StatedDevice>) =>
      linkAfter(at, first.signing, {
        kind: 'add-device',
        device: await stated(at, await newDevice(), more),
        request: more.invitation === undefined ? request : null,
      });
    for (const more of [{ invitation }, {}]) {
      const added = await extendProfile(profile, await once(profile, more));
      if (!added.ok) throw new Error(added.error);
      expect(await faultOf(added.value, await once(added.value, more))).toBe('used-before');
    }
  });

  it('when one admin alone removes another', async () => {
    const second = await newDevice();
    const account = await withDevice(await newAccount(), second, ALL_ROLES);
    const { profile, first, root, epochKeys, kemKeys } = account;
    const removal = {
      profile,
      device: second.signing.id,
      heads: emptyHeads(profile),
      epochKeys,
      kemKeys,
      nowSeconds: 1,
    };
    await expect(makeRemoveDevice({ ...removal, signer: first.signing })).rejects.toThrow('not-allowed');
    expect((await makeRemoveDevice({ ...removal, signer: root })).profile.devices.size).toBe(2);
  });

  it('when a removal does not state heads and epochs of exactly every sequence', async () => {
    const [strangerId] = (await newAccount()).profile.sequences.keys();
    if (strangerId === undefined) throw new Error('no sequences');
    const second = await newDevice();
    const { profile, first } = await withDevice(await newAccount(), second, ORDINARY_ROLES);
    const ids = [...profile.sequences.keys()];
    const heads = ids.map((sequence) => ({ sequence, head: firstSequenceHead(profile.account, sequence) }));
    const epochs = ids.map((sequence) => ({ sequence, epoch: 2, keyCheck: hash32Of(new Uint8Array(1)) }));
    const foreign = heads.slice(0, 1).map((one) => ({ ...one, sequence: strangerId }));
    const wrong = [
      { heads: heads.slice(1), epochs },
      { heads: [...heads, ...foreign], epochs },
      { heads, epochs: epochs.slice(1) },
      { heads, epochs: epochs.map((one) => ({ ...one, epoch: 1 })) },
      { heads, epochs: epochs.map((one) => ({ ...one, epoch: 3 })) },
    ];
    for (const lists of wrong) {
      const body: LinkBody = { kind: 'remove-device', device: second.signing.id, ...lists };
      expect(await faultOf(profile, await linkAfter(profile, first.signing, body))).toBe('bad-sequences');
    }
  });

  it('when an epoch begins before the one it follows', async () => {
    const { profile, first, epochKeys, kemKeys } = await newAccount();
    const sequence = sequenceOf(profile, 'settings')?.id;
    if (sequence === undefined) throw new Error('no settings');
    const at = { count: 9, hash: hash32Of(new Uint8Array(1)) };
    const rotate = { admin: first.signing, sequences: [sequence], kemKeys, nowSeconds: 1 };
    const one = await makeRotate({ ...rotate, profile, heads: new Map([[sequence, at]]), epochKeys });
    const back = new Map([[sequence, { ...at, count: 8 }]]);
    const two = makeRotate({ ...rotate, profile: one.profile, heads: back, epochKeys: one.epochKeys });
    await expect(two).rejects.toThrow('bad-sequences');
  });

  it('when root does what is the devices’, or a device what is root’s', async () => {
    const { profile, root, first, epochKeys, kemKeys } = await newAccount();
    const request = hash32Of(new Uint8Array());
    const all = await stated(profile, await newDevice(), { roles: ALL_ROLES });
    for (const body of [
      await adding(profile, await newDevice()),
      { kind: 'add-device', device: all, request } as const,
      await adding(profile, await newDevice(), { invitation: new Uint8Array(16) }),
    ]) {
      expect(await faultOf(profile, await linkAfter(profile, root, body))).toBe('not-allowed');
    }
    const rotation = { profile, sequences: [...profile.sequences.keys()], heads: emptyHeads(profile), nowSeconds: 1 };
    const rotated = makeRotate({ ...rotation, admin: root, epochKeys, kemKeys });
    await expect(rotated).rejects.toThrow('not-allowed');
    expect(await faultOf(profile, await linkAfter(profile, first.signing, { kind: 'close' }))).toBe('not-allowed');
  });

  it('when it adds a device whose key anybody can sign for, or root', async () => {
    const { profile, first, root } = await newAccount();
    const device = await newDevice();
    const smallOrder = Uint8Array.of(1, ...new Uint8Array(31));
    const weak = await adding(profile, device, { publicKey: smallOrder });
    expect(await faultOf(profile, await linkAfter(profile, first.signing, weak))).toBe('bad-signature');
    const asRoot = await adding(profile, { ...device, signing: root });
    expect(await faultOf(profile, await linkAfter(profile, first.signing, asRoot))).toBe('used-before');
  });

  it('when it removes a device that is not in the account, or not any more', async () => {
    const second = await newDevice();
    const account = await withDevice(await newAccount(), second, ORDINARY_ROLES);
    const { profile, first, epochKeys, kemKeys } = account;
    const heads = emptyHeads(profile);
    const removal = { profile, signer: first.signing, device: second.signing.id, heads, kemKeys, nowSeconds: 1 };
    const removed = await makeRemoveDevice({ ...removal, epochKeys });
    const again = { ...removal, profile: removed.profile, epochKeys: removed.epochKeys };
    await expect(makeRemoveDevice(again)).rejects.toThrow('unknown-device');
    const stranger = (await newDevice()).signing.id;
    await expect(makeRemoveDevice({ ...again, device: stranger })).rejects.toThrow('unknown-device');
  });

  it('when a rotation does not state exactly the heads of what it rotates', async () => {
    const { profile, first } = await newAccount();
    const [one, other] = [...profile.sequences.keys()].map((sequence) => ({
      head: { sequence, head: firstSequenceHead(profile.account, sequence) },
      epoch: { sequence, epoch: 2, keyCheck: hash32Of(new Uint8Array(1)) },
    }));
    if (one === undefined || other === undefined) throw new Error('no sequences');
    const foreign = [...(await newAccount()).profile.sequences.keys()].map((sequence) => ({ ...one.epoch, sequence }));
    const wrong = [
      { heads: [], epochs: [one.epoch] },
      { heads: [other.head], epochs: [one.epoch] },
      { heads: [one.head, other.head], epochs: [one.epoch] },
      { heads: [one.head], epochs: foreign.slice(0, 1) },
    ];
    for (const lists of wrong) {
      const link = await linkAfter(profile, first.signing, { kind: 'rotate', ...lists });
      expect(await faultOf(profile, link)).toBe('bad-sequences');
    }
    const right = await linkAfter(profile, first.signing, { kind: 'rotate', heads: [one.head], epochs: [one.epoch] });
    expect(await faultOf(profile, right)).toBe(null);
  });

  it('when it lacks the bundle that its kind needs, or binds one that it must not have', async () => {
    const { profile, first, root } = await newAccount();
    const [sequence] = profile.sequences.keys();
    if (sequence === undefined) throw new Error('no sequences');
    const without = { bundle: null };
    const added = await linkAfter(profile, first.signing, await adding(profile, await newDevice()), without);
    expect(await faultOf(profile, added)).toBe('malformed');
    const heads = [{ sequence, head: firstSequenceHead(profile.account, sequence) }];
    const epochs = [{ sequence, epoch: 2, keyCheck: SOME_BUNDLE }];
    const rotated = await linkAfter(profile, first.signing, { kind: 'rotate', heads, epochs }, without);
    expect(await faultOf(profile, rotated)).toBe('malformed');
    const closed = await linkAfter(profile, root, { kind: 'close' }, { bundle: SOME_BUNDLE });
    expect(await faultOf(profile, closed)).toBe('malformed');
  });

  it('when a removal lacks its bundle', async () => {
    const second = await newDevice();
    const { profile, first } = await withDevice(await newAccount(), second, ORDINARY_ROLES);
    const ids = [...profile.sequences.keys()];
    const heads = ids.map((sequence) => ({ sequence, head: firstSequenceHead(profile.account, sequence) }));
    const epochs = ids.map((sequence) => ({ sequence, epoch: 2, keyCheck: SOME_BUNDLE }));
    const body: LinkBody = { kind: 'remove-device', device: second.signing.id, heads, epochs };
    expect(await faultOf(profile, await linkAfter(profile, first.signing, body, { bundle: null }))).toBe('malformed');
    expect(await faultOf(profile, await linkAfter(profile, first.signing, body))).toBe(null);
  });

  it('when the chain is longer or larger than a chain may be, before anything of it is verified', async () => {
    const { profile, first, links } = await newAccount();
    const nothing = new Uint8Array(0);
    const many = [...links, ...Array.from({ length: CHAIN_LIMITS.links }, () => nothing)];
    expect(await verifyChain(profile.account, many)).toEqual({ ok: false, error: 'too-long' });
    const next = await linkAfter(profile, first.signing, await adding(profile, await newDevice()));
    const full = { ...profile, head: { ...profile.head, count: CHAIN_LIMITS.links } };
    expect(await faultOf(full, next)).toBe('too-long');
    const heavy = { ...profile, bytes: CHAIN_LIMITS.bytes - next.length };
    expect(await faultOf(heavy, next)).toBe(null);
    expect(await faultOf({ ...heavy, bytes: heavy.bytes + 1 }, next)).toBe('too-long');
    expect(await faultOf(profile, new Uint8Array(CHAIN_LIMITS.linkMaxBytes + 1))).toBe('too-long');
    expect(await faultOf(profile, new Uint8Array(CHAIN_LIMITS.linkMaxBytes))).toBe('malformed');
  });
});

it('a link is read out of the chain that has it, and out of no other', async () => {
  const account = await newAccount();
  const { profile, links, first } = account;
  const next = await linkAfter(profile, first.signing, await adding(profile, await newDevice()));
  expect((await linkIn(profile, links[0] ?? new Uint8Array()))?.body.kind).toBe('create');
  expect(await linkIn(profile, next)).toBe(null);
  const longer = await extendProfile(profile, next);
  if (!longer.ok) throw new Error(longer.error);
  expect((await linkIn(longer.value, next))?.body.kind).toBe('add-device');
});

it('two links by one signer behind one head are proof that it lies', async () => {
  const { profile, first, root } = await newAccount();
  const one = await linkAfter(profile, first.signing, await adding(profile, await newDevice()));
  const other = await linkAfter(profile, first.signing, await adding(profile, await newDevice()));
  expect(await isEquivocation(profile, one, other)).toBe(true);
  expect(await isEquivocation(profile, one, one)).toBe(false);
  const stranger = await generateSigningKey();
  const foreign = await linkAfter(profile, stranger, await adding(profile, await newDevice()));
  expect(await isEquivocation(profile, one, foreign)).toBe(false);
  const [closed, later] = [NOW, NOW + 1].map((nowSeconds) => makeClose({ profile, root, nowSeconds }));
  if (closed === undefined || later === undefined) throw new Error('no links');
  expect(await isEquivocation(profile, (await closed).link, (await later).link)).toBe(true);
  expect(await isEquivocation(profile, one, (await closed).link)).toBe(false);
  const second = await extendProfile(profile, one);
  if (!second.ok) throw new Error(second.error);
  const behind = await linkAfter(second.value, first.signing, await adding(second.value, await newDevice()));
  expect(await isEquivocation(second.value, one, behind)).toBe(false);
});
