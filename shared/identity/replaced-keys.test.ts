import { describe, expect, it } from 'vitest';
import { hash32Of, kemHash } from '../sealing/index.ts';
import { checkBundle } from './bundle.ts';
import { makeRemoveDevice, makeRotate } from './making/make-epochs.ts';
import { makeReplaceKeys } from './making/make-replace-keys.ts';
import { openBundle } from './making/open-bundle.ts';
import { ORDINARY_ROLES } from './roles.ts';
import { NOW, emptyHeads, newAccount, newDevice, withDevice, withLink, type TestAccount } from './testing/account.ts';
import { faultOf, linkAfter } from './testing/links.ts';
import { linkIn, verifyChain } from './verify.ts';

const LATER = NOW + 7_000_000;

/** An account with an ordinary device that has replaced its X-Wing key. */
async function replaced() {
  const second = await newDevice();
  const before = await withDevice(await newAccount(), second, ORDINARY_ROLES);
  const { kem } = await newDevice();
  const wish = { profile: before.profile, device: second.signing, kem, nowSeconds: LATER };
  const made = await makeReplaceKeys(wish);
  const kemKeys = new Map([...before.kemKeys, [second.signing.id, kem.publicKey] as const]);
  return { second, kem, made, before, account: { ...withLink(before, made), kemKeys } };
}

async function bundleOf(account: TestAccount, index: number) {
  const link = await linkIn(account.profile, account.links[index] ?? new Uint8Array());
  if (link === null) throw new Error('no such link');
  return { link, checked: checkBundle(account.profile, link, account.bundles[index] ?? new Uint8Array()) };
}

describe('a device that replaces its X-Wing key', () => {
  it('says so itself, whatever its roles, and keeps its id', async () => {
    const { account, second, kem } = await replaced();
    const { profile } = account;
    expect(profile.devices.get(second.signing.id)).toMatchObject({ kem: kemHash(kem.publicKey), kemTime: LATER });
    expect(profile.newestTime).toBe(LATER);
    const again = await verifyChain(profile.account, account.links);
    expect(again.ok && again.value.head).toEqual(profile.head);
  });

  it('has its new key beside the link, and the bundles of before stay right', async () => {
    const { account, second, kem } = await replaced();
    const { checked } = await bundleOf(account, 2);
    expect(checked).toMatchObject({ ok: true, value: { kemKeys: [{ owner: second.signing.id, key: kem.publicKey }] } });
    expect((await bundleOf(account, 1)).checked.ok).toBe(true);
    expect((await bundleOf(account, 0)).checked.ok).toBe(true);
  });

  it('[SEC-127] gets the keys of later epochs under the new key, and nobody opens them with the old one (R27)', async () => {
    const { account, second, kem } = await replaced();
    const { profile, first, epochKeys, kemKeys } = account;
    const sequences = [...profile.sequences.keys()];
    const heads = emptyHeads(profile);
    const made = await makeRotate({
      profile,
      admin: first.signing,
      sequences,
      heads,
      epochKeys,
      kemKeys,
      nowSeconds: LATER,
    });
    const rotated = withLink(account, made);
    const { link, checked } = await bundleOf(rotated, 3);
    if (!checked.ok) throw new Error(checked.error);
    const of = { profile: rotated.profile, previousLink: link.previous, bundle: checked.value };
    const owner = second.signing.id;
    expect(await openBundle(new Map(), { ...of, owner, kem: second.kem })).toEqual({ ok: false, error: 'wrong-key' });
    expect((await openBundle(new Map(), { ...of, owner, kem })).ok).toBe(true);
  });

  it('[SEC-127] is believed by itself alone: neither root, an admin device, nor a removed one replaces a key', async () => {
    const { before, second } = await replaced();
    const { profile, first, root, epochKeys, kemKeys } = before;
    const body = { kind: 'replace-keys', device: second.signing.id, kem: hash32Of(new Uint8Array(9)) } as const;
    expect(await faultOf(profile, await linkAfter(profile, first.signing, body))).toBe('not-allowed');
    expect(await faultOf(profile, await linkAfter(profile, root, body))).toBe('not-allowed');
    expect(await faultOf(profile, await linkAfter(profile, second.signing, body))).toBe(null);
    const removal = { device: second.signing.id, heads: emptyHeads(profile), epochKeys, kemKeys, nowSeconds: NOW };
    const { profile: without } = await makeRemoveDevice({ profile, signer: first.signing, ...removal });
    expect(await faultOf(without, await linkAfter(without, second.signing, body))).toBe('not-allowed');
  });

  it('does not take a key that is in use, and shows the key', async () => {
    const { before, second } = await replaced();
    const { profile, first } = before;
    for (const kem of [kemHash(first.kem.publicKey), kemHash(second.kem.publicKey), profile.recoveryKem]) {
      const body = { kind: 'replace-keys', device: second.signing.id, kem } as const;
      expect(await faultOf(profile, await linkAfter(profile, second.signing, body))).toBe('used-before');
    }
    const body = { kind: 'replace-keys', device: second.signing.id, kem: hash32Of(new Uint8Array(9)) } as const;
    const hidden = await linkAfter(profile, second.signing, body, { bundle: null });
    expect(await faultOf(profile, hidden)).toBe('malformed');
  });
});
