import { describe, expect, it } from 'vitest';
import type { SigningKey } from '../sealing/index.ts';
import { ACT_WAIT_SECONDS } from './acts.ts';
import { checkBundle } from './bundle.ts';
import type { LinkBody } from './link.ts';
import { makeAnnounce, makeCancel } from './making/make-act.ts';
import { makeChangeRole, makeRemoveDevice, makeRotate } from './making/make-epochs.ts';
import { activeDevice, isAdmin, isSuspended, type Profile } from './profile.ts';
import { ALL_ROLES, ORDINARY_ROLES } from './roles.ts';
import {
  emptyHeads,
  newAccount,
  newDevice,
  NOW,
  withDevice,
  withLink,
  type TestAccount,
  type TestDevice,
} from './testing/account.ts';
import { faultOf, linkAfter } from './testing/links.ts';
import { linkIn } from './verify.ts';

const DAY = 86_400;
/** When everybody is old enough. */
const LATER = NOW + 10 * DAY;

const [second, third, phone] = await Promise.all([newDevice(), newDevice(), newDevice()]);

/** Three admin devices of the same age but for the order, and one that is none. */
async function household(): Promise<TestAccount> {
  const founder = await newAccount();
  let account = await withDevice(founder, second, ALL_ROLES);
  account = await withDevice(account, third, ALL_ROLES);
  return withDevice(account, phone, ORDINARY_ROLES);
}

const account = await household();
const { profile, root } = account;
const founder = account.first;

const announcing = (of: Profile, by: TestDevice, target: TestDevice, nowSeconds = LATER) =>
  makeAnnounce({ profile: of, admin: by.signing, device: target.signing.id, nowSeconds });

const lists = (of: TestAccount, nowSeconds: number) => ({
  profile: of.profile,
  heads: emptyHeads(of.profile),
  epochKeys: of.epochKeys,
  kemKeys: of.kemKeys,
  nowSeconds,
});

const announced = withLink(account, await announcing(profile, second, founder));
const act = announced.profile.head.count - 1;
const DUE = LATER + ACT_WAIT_SECONDS;

const removing = (of: TestAccount, by: TestDevice, nowSeconds: number, more: object = {}) =>
  makeRemoveDevice({ ...lists(of, nowSeconds), signer: by.signing, device: founder.signing.id, act, ...more });

describe('the removal of an admin device without root', () => {
  it('[SEC-130] waits 72 hours from its announcement, and is there then', async () => {
    await expect(removing(announced, second, DUE - 1)).rejects.toThrow('not-allowed');
    const { profile: after } = await removing(announced, second, DUE);
    expect(activeDevice(after, founder.signing.id)).toBeNull();
    expect(after.acts.size).toBe(0);
  });

  it('[SEC-130] is not done without an announcement, by another one’s, nor twice', async () => {
    await expect(removing(announced, second, DUE, { act: act - 1 })).rejects.toThrow('not-allowed');
    await expect(removing(announced, second, DUE, { device: third.signing.id })).rejects.toThrow('not-allowed');
    const without = { ...lists(announced, DUE), signer: second.signing, device: founder.signing.id };
    await expect(makeRemoveDevice(without)).rejects.toThrow('not-allowed');
    await expect(makeRemoveDevice({ ...without, signer: root, act })).rejects.toThrow('not-allowed');
    await expect(announcing(announced.profile, second, founder)).rejects.toThrow('used-before');
    const done = withLink(announced, await removing(announced, second, DUE));
    await expect(removing(done, third, DUE)).rejects.toThrow('unknown-device');
  });

  it('is done by another admin device too that could have announced it, and never by the one it is about', async () => {
    expect((await removing(announced, third, DUE)).profile.acts.size).toBe(0);
    const other = withLink(announced, await announcing(announced.profile, second, third));
    const self = { act: act + 1, device: third.signing.id };
    await expect(removing(other, third, DUE, self)).rejects.toThrow('not-allowed');
  });

  it('[SEC-131] is announced by no device that is younger than 72 hours, by no other one, and of admin devices', async () => {
    const young = NOW + ACT_WAIT_SECONDS;
    await expect(announcing(profile, second, founder, young)).rejects.toThrow('not-allowed');
    expect((await announcing(profile, second, founder, young + 1)).profile.acts.size).toBe(1);
    await expect(announcing(profile, phone, founder)).rejects.toThrow('not-allowed');
    await expect(announcing(profile, second, second)).rejects.toThrow('not-allowed');
    await expect(announcing(profile, second, phone)).rejects.toThrow('unknown-device');
    const byRoot: LinkBody = { kind: 'announce', device: founder.signing.id };
    expect(await faultOf(profile, await linkAfter(profile, root, byRoot, { bundle: null }))).toBe('not-allowed');
  });

  it('[SEC-131] is not done by a device that came after it was announced, or was too young then', async () => {
    const late = await newDevice();
    const more = await withDevice(announced, late, ALL_ROLES);
    await expect(removing(more, late, DUE + 10 * DAY)).rejects.toThrow('not-allowed');
  });

  it('[SEC-132] is called off by an older device, by whoever announced it, and by root; by no younger one', async () => {
    const cancel = (signer: SigningKey) =>
      makeCancel({ profile: announced.profile, signer, act, nowSeconds: LATER + 1 });
    for (const signer of [founder.signing, second.signing, root]) {
      const off = withLink(announced, await cancel(signer));
      expect(off.profile.acts.size).toBe(0);
      await expect(removing(off, second, DUE)).rejects.toThrow('not-allowed');
      const again = makeCancel({ profile: off.profile, signer, act, nowSeconds: LATER + 2 });
      await expect(again).rejects.toThrow('unknown-act');
    }
    await expect(cancel(third.signing)).rejects.toThrow('not-allowed');
    await expect(cancel(phone.signing)).rejects.toThrow('not-allowed');
  });

  it('[SEC-132] ends with the device that announced it: of two that remove each other the first one in the chain stays', async () => {
    const both = withLink(announced, await announcing(announced.profile, founder, second));
    expect(both.profile.acts.size).toBe(2);
    const done = withLink(both, await removing(both, second, DUE));
    expect(done.profile.acts.size).toBe(0);
    const other = { act: act + 1, device: second.signing.id };
    await expect(removing(done, founder, DUE, other)).rejects.toThrow('not-allowed');
  });

  it('[SEC-132] ends where root removes either of the two', async () => {
    for (const gone of [founder, second]) {
      const removal = { ...lists(announced, LATER + 1), signer: root, device: gone.signing.id };
      expect((await makeRemoveDevice(removal)).profile.acts.size).toBe(0);
    }
  });
});

describe('a suspended device', () => {
  const suspending = (of: TestAccount, by: SigningKey, device: TestDevice, nowSeconds = LATER) => {
    const target = of.profile.devices.get(device.signing.id);
    if (target === undefined) throw new Error('it is none');
    return makeChangeRole({ ...lists(of, nowSeconds), signer: by, device: target });
  };

  it('[SEC-133] gets no key of a new epoch, signs nothing, and is back with all it had', async () => {
    const made = await suspending(account, second.signing, founder);
    const off = { ...withLink(account, made), epochKeys: made.epochKeys };
    const id = founder.signing.id;
    expect(activeDevice(off.profile, id)).toBeNull();
    expect(isAdmin(off.profile, id)).toBe(false);
    const device = off.profile.devices.get(id);
    expect(device !== undefined && isSuspended(device)).toBe(true);
    await expect(announcing(off.profile, founder, second)).rejects.toThrow('not-allowed');
    await expect(suspending(off, founder.signing, founder)).rejects.toThrow('not-allowed');

    const wrapsOf = async ({ links, bundles, profile: of }: TestAccount): Promise<readonly string[]> => {
      const link = await linkIn(of, links.at(-1) ?? new Uint8Array());
      const bundle = link === null ? null : checkBundle(of, link, bundles.at(-1) ?? new Uint8Array());
      return bundle?.ok === true ? bundle.value.wraps.map(({ owner }) => owner) : [];
    };
    const owners = await wrapsOf(off);
    expect(owners).toContain(second.signing.id);
    expect(owners).not.toContain(id);
    const rotated = await makeRotate({
      ...lists(off, LATER + 1),
      admin: second.signing,
      sequences: [...off.profile.sequences.keys()],
    });
    expect(await wrapsOf(withLink(off, rotated))).not.toContain(id);

    const back = withLink(off, await suspending(off, second.signing, founder, LATER + 2));
    expect(activeDevice(back.profile, id)?.roles).toBe(ALL_ROLES);
    expect(await wrapsOf(back)).toContain(id);
  });

  it('[SEC-133] is suspended by every admin device; an older one by none that is younger than 72 hours', async () => {
    const young = NOW + 60;
    await expect(suspending(account, second.signing, founder, young)).rejects.toThrow('not-allowed');
    expect((await suspending(account, founder.signing, second, young)).profile.acts.size).toBe(0);
    expect((await suspending(account, second.signing, phone, young)).profile.acts.size).toBe(0);
    expect((await suspending(account, root, founder, young)).profile.acts.size).toBe(0);
    await expect(suspending(account, phone.signing, second)).rejects.toThrow('not-allowed');
    await expect(suspending(account, second.signing, second)).rejects.toThrow('not-allowed');
  });

  it('[SEC-133] takes the acts with it that it announced, and may be removed as before', async () => {
    const off = await suspending(announced, founder.signing, second);
    expect(off.profile.acts.size).toBe(0);
    const target = await suspending(announced, second.signing, founder);
    const due = { ...withLink(announced, target), epochKeys: target.epochKeys };
    expect(due.profile.acts.size).toBe(1);
    expect((await removing(due, second, DUE)).profile.devices.get(founder.signing.id)?.removed).not.toBeNull();
  });

  it('never leaves an account without an admin device, nor a role that is another one', async () => {
    const alone = await newAccount();
    await expect(suspending(alone, alone.root, alone.first)).rejects.toThrow('not-allowed');
    const made = await suspending(account, second.signing, phone);
    const link = await linkIn(made.profile, made.link);
    if (link?.body.kind !== 'change-role') throw new Error('it is another link');
    for (const roles of [ORDINARY_ROLES, ALL_ROLES, 2]) {
      const body = { ...link.body, roles };
      expect(await faultOf(profile, await linkAfter(profile, second.signing, body, { time: LATER }))).toBe('bad-roles');
    }
  });
});
