import { describe, expect, it } from 'vitest';
import { generateSigningKey, hash32Of, kemHash, keyIdOf, type SigningKey } from '../sealing/index.ts';
import { encodeBundle } from './bundle.ts';
import { firstChainHead, firstSequenceHead } from './heads.ts';
import type { Link, LinkBody, StatedDevice } from './link.ts';
import { makeClose } from './making/make-close.ts';
import { makeRemoveDevice, makeRotate } from './making/make-epochs.ts';
import { signLink } from './making/sign-link.ts';
import { activeDevices, currentEpoch, isAdmin, mayUse, passedThrough, sequenceOf, type Profile } from './profile.ts';
import { makeReverse } from './reverse.ts';
import { ALL_ROLES, ORDINARY_ROLES, ROLES } from './roles.ts';
import { emptyHeads, newAccount, newDevice, NOW, withDevice, withLink, type TestDevice } from './testing/account.ts';
import { beginProfile, extendProfile, verifyChain } from './verify.ts';
import { isEquivocation } from './equivocation.ts';

const SOME_BUNDLE = encodeBundle({ kemKeys: [], wraps: [], previous: [] });

/** A link behind the head, signed by whomever the test says. */
function linkAfter(profile: Profile, key: SigningKey, body: LinkBody, more: Partial<Link> = {}): Promise<Uint8Array> {
  const bundle = body.kind === 'close' ? null : hash32Of(SOME_BUNDLE);
  return signLink(profile.account, key, {
    index: profile.head.count,
    previous: profile.head.hash,
    time: NOW,
    body,
    bundle,
    ...more,
  });
}

async function stated(profile: Profile, device: TestDevice, more: Partial<StatedDevice> = {}): Promise<StatedDevice> {
  const roles = more.roles ?? ORDINARY_ROLES;
  return {
    publicKey: device.signing.publicKey,
    kem: kemHash(device.kem.publicKey),
    roles,
    reverse: await makeReverse(device.signing, { account: profile.account, roles, head: profile.head }),
    invitation: null,
    ...more,
  };
}

const adding = async (profile: Profile, device: TestDevice, more: Partial<StatedDevice> = {}): Promise<LinkBody> => ({
  kind: 'add-device',
  device: await stated(profile, device, more),
  request: null,
});

async function fault(profile: Profile, link: Uint8Array): Promise<string | null> {
  const next = await extendProfile(profile, link);
  return next.ok ? null : next.error;
}

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
    expect(await fault(removed.profile, again)).toBe('used-before');
    const bySecond = await linkAfter(removed.profile, second.signing, await adding(removed.profile, await newDevice()));
    expect(await fault(removed.profile, bySecond)).toBe('not-allowed');
  });

  it('takes nothing more once the account is closed', async () => {
    const { profile, root, first } = await newAccount();
    const closed = await makeClose({ profile, root, nowSeconds: NOW });
    expect(closed.profile.isClosed).toBe(true);
    const more = await linkAfter(closed.profile, first.signing, await adding(closed.profile, await newDevice()));
    expect(await fault(closed.profile, more)).toBe('closed');
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
    expect(await fault(before.value, changed)).toBe('bad-signature');
  });

  it('when it does not follow: left out, twice, or at another place', async () => {
    const account = await withDevice(await newAccount(), await newDevice(), ORDINARY_ROLES);
    const { profile, first, links } = account;
    expect(await fault(profile, links[1] ?? new Uint8Array())).toBe('does-not-follow');
    const body = await adding(profile, await newDevice());
    const elsewhere = await linkAfter(profile, first.signing, body, { index: 5 });
    expect(await fault(profile, elsewhere)).toBe('does-not-follow');
    const other = await linkAfter(profile, first.signing, body, { previous: hash32Of(new Uint8Array(1)) });
    expect(await fault(profile, other)).toBe('does-not-follow');
  });

  it('when a device that is no admin has signed it, or a stranger', async () => {
    const second = await newDevice();
    const { profile } = await withDevice(await newAccount(), second, ORDINARY_ROLES);
    const body = await adding(profile, await newDevice());
    expect(await fault(profile, await linkAfter(profile, second.signing, body))).toBe('not-allowed');
    expect(await fault(profile, await linkAfter(profile, await generateSigningKey(), body))).toBe('not-allowed');
  });

  it('when it is signed for another account', async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    const body = await adding(one.profile, await newDevice());
    const link = await signLink(other.profile.account, one.first.signing, {
      index: 1,
      previous: one.profile.head.hash,
      time: NOW,
      body,
      bundle: hash32Of(SOME_BUNDLE),
    });
    expect(await fault(one.profile, link)).toBe('bad-signature');
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
      expect(await fault(profile, link)).toBe('bad-reverse');
    }
  });

  it('when it gives roles that are none, or the admin’s by invitation', async () => {
    const { profile, first } = await newAccount();
    for (const more of [{ roles: 0 }, { roles: 8 }, { roles: ALL_ROLES, invitation: new Uint8Array(16) }]) {
      const link = await linkAfter(profile, first.signing, await adding(profile, await newDevice(), more));
      expect(await fault(profile, link)).toBe('bad-roles');
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
      expect(await fault(added.value, await once(added.value, more))).toBe('used-before');
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

  it('when a removal does not state heads and epochs of every sequence', async () => {
    const second = await newDevice();
    const { profile, first } = await withDevice(await newAccount(), second, ORDINARY_ROLES);
    const ids = [...profile.sequences.keys()];
    const heads = ids.map((sequence) => ({ sequence, head: firstSequenceHead(profile.account, sequence) }));
    const epochs = ids.map((sequence) => ({ sequence, epoch: 2, keyCheck: hash32Of(new Uint8Array(1)) }));
    const wrong = [
      { heads: heads.slice(1), epochs },
      { heads, epochs: epochs.slice(1) },
      { heads, epochs: epochs.map((one) => ({ ...one, epoch: 1 })) },
      { heads, epochs: epochs.map((one) => ({ ...one, epoch: 3 })) },
    ];
    for (const lists of wrong) {
      const body: LinkBody = { kind: 'remove-device', device: second.signing.id, ...lists };
      expect(await fault(profile, await linkAfter(profile, first.signing, body))).toBe('bad-sequences');
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
    const { profile, root, first } = await newAccount();
    const byRoot = await linkAfter(profile, root, await adding(profile, await newDevice()));
    expect(await fault(profile, byRoot)).toBe('not-allowed');
    expect(await fault(profile, await linkAfter(profile, first.signing, { kind: 'close' }))).toBe('not-allowed');
  });

  it('when its kind or version is not known: the reader stops there', async () => {
    const first = await beginProfile(new Uint8Array([0xd2, 0x80]));
    expect(first).toEqual({ ok: false, error: 'malformed' });
  });
});

it('two links by one signer behind one head are proof that it lies', async () => {
  const { profile, first } = await newAccount();
  const one = await linkAfter(profile, first.signing, await adding(profile, await newDevice()));
  const other = await linkAfter(profile, first.signing, await adding(profile, await newDevice()));
  expect(await isEquivocation(profile, one, other)).toBe(true);
  expect(await isEquivocation(profile, one, one)).toBe(false);
  const stranger = await generateSigningKey();
  const foreign = await linkAfter(profile, stranger, await adding(profile, await newDevice()));
  expect(keyIdOf(stranger.publicKey)).not.toBe(first.signing.id);
  expect(await isEquivocation(profile, one, foreign)).toBe(false);
});
