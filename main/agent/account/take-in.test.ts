import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { itemIdOfMailbox, itemIdOfPerson, upsertOf, type Item } from '@endymail/shared/catalog';
import type { CatalogName } from '@endymail/shared/identity';
import { hash32Of } from '@endymail/shared/sealing';
import { certificateId, createAnchor, createMailboxAuthority, issueMailboxCertificate } from '../certificates/index.ts';
import { EMPTY_STATE, type AgentState, type MailboxRecord } from '../home/state.ts';
import { PEOPLE_MAX } from '../people/people.ts';
import { keyItem, mailboxItem, personItem } from './items-of-state.ts';
import { deviceId, emptyLog, write, type CatalogLog } from './testing/log-of-catalogs.ts';
import { join, outgoing, sync, takeInOnly, type PaperDevice } from './testing/paper-device.ts';
import {
  NOW,
  address,
  alice,
  bob,
  daysLater,
  mailboxRecord,
  personRecord,
  personUnderKeyOf,
  personWith,
  renewed,
  sharedView,
  work,
} from './testing/records.ts';

let mailbox: MailboxRecord;
let next: MailboxRecord;
let log: CatalogLog;
let one: PaperDevice;
let other: PaperDevice;

beforeAll(async () => {
  mailbox = await mailboxRecord(alice);
  next = await renewed(mailbox, daysLater(600));
});

/** Two devices of one account that have the same. */
beforeEach(async () => {
  log = emptyLog();
  one = await join(deviceId(1), { ...EMPTY_STATE, mailboxes: [mailbox] }, log, NOW);
  await sync(one, log);
  other = await join(deviceId(2), EMPTY_STATE, log, NOW);
  await sync(other, log);
});

/** What a hostile device of the account writes. */
function plant(name: CatalogName, ...items: readonly Item[]): void {
  for (const item of items) {
    const fold = log.folds.get(name);
    if (fold !== undefined) write(log, new Map([[name, [upsertOf(fold, item)]]]), deviceId(9));
  }
}

const change = (device: PaperDevice, with_: Partial<AgentState>): void => {
  device.state = { ...device.state, ...with_ };
};

describe('a mailbox', () => {
  it('comes with its key and begins as the catalog says', () => {
    expect(sharedView(other.state)).toEqual(sharedView(one.state));
    expect(other.state.mailboxes[0]).toMatchObject({ enabled: true, replaceOwn: false });
  });

  it('stays on or off as this computer has it', async () => {
    change(other, { mailboxes: other.state.mailboxes.map((held) => ({ ...held, enabled: false })) });
    await sync(other, log);
    change(one, { mailboxes: [next] });
    await sync(one, log);
    await sync(other, log);
    expect(other.state.mailboxes[0]?.enabled).toBe(false);
    expect(one.state.mailboxes[0]?.enabled).toBe(true);
    expect(sharedView(other.state)).toEqual(sharedView(one.state));
  });

  it('gets the key that another device made; the old one stays for old mail', async () => {
    change(one, { mailboxes: [next] });
    await sync(one, log);
    await sync(other, log);
    expect(other.state.mailboxes[0]?.current.certificate).toEqual(next.current.certificate);
    expect(other.state.mailboxes[0]?.former.map(({ certificate }) => certificate)).toEqual([
      mailbox.current.certificate,
    ]);
  });

  it('[SEC-85] of a device that is a year behind, its old key does not come back', async () => {
    change(one, { mailboxes: [next] });
    await sync(one, log);
    change(other, { mailboxes: other.state.mailboxes.map((held) => ({ ...held, enabled: false })) });
    other.now = daysLater(900);
    await sync(other, log);
    await sync(one, log);
    for (const { state } of [one, other]) {
      expect(state.mailboxes[0]?.current.certificate).toEqual(next.current.certificate);
    }
  });

  it('has the later of two keys that two devices made without knowing of each other, and both to read with', async () => {
    const later = await renewed(mailbox, daysLater(610));
    change(other, { mailboxes: [later] });
    change(one, { mailboxes: [next] });
    for (const device of [other, one, other]) await sync(device, log);
    expect(sharedView(one.state)).toEqual(sharedView(other.state));
    expect(one.state.mailboxes[0]?.current.certificate).toEqual(later.current.certificate);
    const newestFirst = [next, mailbox].map(({ current }) => current.certificate);
    expect(one.state.mailboxes[0]?.former.map(({ certificate }) => certificate)).toEqual(newestFirst);
  });

  it('keeps a key that was made here and is not shared yet', async () => {
    change(one, { mailboxes: [next] });
    await takeInOnly(one, log);
    expect(one.state.mailboxes[0]?.current).toBe(next.current);
  });

  it('has the key of its CA only where the catalog of CAs may be read', async () => {
    const ordinary = await join(deviceId(3), EMPTY_STATE, { ...log, folds: without('authorities') }, NOW);
    expect(ordinary.state.mailboxes[0]?.authority).toEqual({
      certificate: mailbox.authority.certificate,
      privateKey: null,
    });
    await takeInOnly(ordinary, log);
    expect(ordinary.state.mailboxes[0]?.authority.privateKey?.reveal()).toEqual(mailbox.authority.privateKey?.reveal());
  });

  it('[SEC-86] with a CA that is not exactly one of this mailbox is not taken, and the state stays', async () => {
    const anchor = await createAnchor({ now: NOW });
    const stranger = await createMailboxAuthority({ address: bob, algorithm: 'ec-p256', now: NOW });
    for (const authority of [anchor, stranger]) {
      const of = { address: alice, name: 'Alice', algorithm: 'ec-p256', now: daysLater(700) } as const;
      const current = await issueMailboxCertificate({ ...of, authority });
      plant('mailboxes', keyItem(alice, current), mailboxItem({ ...mailbox, authority, current }, true));
      await takeInOnly(other, log);
      expect(other.state.mailboxes[0]?.authority.certificate).toEqual(mailbox.authority.certificate);
      expect(other.withheld.get(itemIdOfMailbox(alice))).toBe('bad-certificate');
      expect((await join(deviceId(3), EMPTY_STATE, log, NOW)).state.mailboxes).toEqual([]);
    }
  });

  it('[SEC-86] whose key is missing, is another one or is none is not taken', async () => {
    const made = await mailboxRecord(work);
    const wrong = keyItem(work, { ...made.current, privateKey: mailbox.current.privateKey });
    plant('mailboxes', wrong, mailboxItem(made, true));
    plant('mailboxes', { ...mailboxItem(mailbox, true), certificate: hash32Of(Uint8Array.of(1)) });
    const before = other.state;
    await takeInOnly(other, log);
    expect(other.state).toBe(before);
    expect([...other.withheld.values()]).toEqual(['bad-certificate', 'bad-certificate']);
    expect(outgoing(other).get('mailboxes')).toBeUndefined();
  });

  it('of which nothing is new leaves the state the same object', async () => {
    const before = other.state;
    await sync(other, log);
    expect(other.state).toBe(before);
  });
});

describe('a person', () => {
  it("is vouched for by this device's own anchor", async () => {
    const person = await personRecord(bob);
    change(one, { people: [person] });
    await sync(one, log);
    await sync(other, log);
    const [taken] = other.state.people;
    expect(taken).toMatchObject({ address: bob, authority: person.authority, certificate: person.certificate });
    expect(taken?.crossCertificate).not.toEqual(person.crossCertificate);
    expect(other.state.anchor).not.toBeNull();
    expect(taken?.addedAt).toEqual(NOW);
  });

  it('who was removed on one is removed on the other, although a mailbox was renewed there', async () => {
    change(one, { people: [await personRecord(bob)] });
    await sync(one, log);
    await sync(other, log);
    change(one, { people: [] });
    change(other, { mailboxes: [{ ...next, authority: other.state.mailboxes[0]!.authority }] });
    for (const device of [other, one, other]) await sync(device, log);
    expect(other.state.people).toEqual([]);
    expect(sharedView(other.state)).toEqual(sharedView(one.state));
  });

  it('who was added on both is known on both, once', async () => {
    change(one, { people: [await personRecord(bob)] });
    change(other, { people: [await personRecord(bob, daysLater(1))] });
    for (const device of [one, other, one]) await sync(device, log);
    expect(one.state.people).toHaveLength(1);
    expect(sharedView(one.state)).toEqual(sharedView(other.state));
  });

  it('whose certificate was renewed keeps the cross-certificate of the same CA', async () => {
    const theirs = await mailboxRecord(bob);
    const { certificate } = theirs.authority;
    change(one, { people: [await personWith(bob, certificate, theirs.current.certificate)] });
    await sync(one, log);
    await sync(other, log);
    const before = other.state.people[0]!.crossCertificate;
    const newer = await renewed(theirs, daysLater(600));
    change(one, { people: [await personWith(bob, certificate, newer.current.certificate)] });
    await sync(one, log);
    await sync(other, log);
    expect(other.state.people[0]?.certificate).toEqual(newer.current.certificate);
    expect(other.state.people[0]?.crossCertificate).toBe(before);
  });

  it('who was added here and is not shared yet stays', async () => {
    const person = await personRecord(bob);
    change(one, { people: [person] });
    await takeInOnly(one, log);
    expect(one.state.people).toEqual([person]);
  });

  it('who was removed here stays removed before that is shared', async () => {
    change(one, { people: [await personRecord(bob)] });
    await sync(one, log);
    change(one, { people: [] });
    await takeInOnly(one, log);
    expect(one.state.people).toEqual([]);
  });

  it('[SEC-87] with the address of an own mailbox is withheld, and not deleted for that', async () => {
    change(one, { people: [await personRecord(bob)] });
    await sync(one, log);
    change(other, { mailboxes: [...other.state.mailboxes, await mailboxRecord(bob)] });
    await sync(other, log);
    await sync(one, log);
    for (const device of [one, other]) {
      expect(device.state.people).toEqual([]);
      expect(device.withheld.get(itemIdOfPerson(bob))).toBe('own-address');
      expect(await sync(device, log)).toEqual([]);
    }
  });

  it("[SEC-87] with another person's or an own mailbox's CA is withheld", async () => {
    const bobs = await mailboxRecord(bob);
    const { certificate } = bobs.current;
    change(one, { people: [await personWith(bob, bobs.authority.certificate, certificate)] });
    await sync(one, log);
    const [carol, dave] = [address('carol@example.test'), address('dave@example.test')];
    plant('people', personItem(await personUnderKeyOf(bobs.authority, carol)));
    plant('people', personItem(await personUnderKeyOf(mailbox.authority, dave)));
    plant('people', { ...personItem(await personRecord(work)), authority: bobs.authority.certificate });
    await takeInOnly(other, log);
    expect(other.state.people.map((known) => known.address)).toEqual([bob]);
    expect([carol, dave, work].map((of) => other.withheld.get(itemIdOfPerson(of)))).toEqual([
      'key-taken',
      'key-taken',
      'bad-certificate',
    ]);
  });

  it('[SEC-87] whose CA is that of one who was added earlier is withheld on both, in whatever order they came', async () => {
    const bobs = await mailboxRecord(bob);
    const known = await personWith(bob, bobs.authority.certificate, bobs.current.certificate, daysLater(-1));
    const mallory = await personUnderKeyOf(bobs.authority, address('a-mallory@example.test'));
    change(one, { people: [known] });
    change(other, { people: [mallory] });
    for (const device of [other, one, other]) await sync(device, log);
    for (const { state } of [one, other]) expect(state.people.map((person) => person.address)).toEqual([bob]);
  });

  it('[SEC-87] whose CA may sign for others is withheld', async () => {
    const anchor = await createAnchor({ now: NOW });
    plant('people', { ...personItem(await personRecord(bob)), authority: anchor.certificate });
    await takeInOnly(other, log);
    expect(other.state.people).toEqual([]);
    expect(other.withheld.get(itemIdOfPerson(bob))).toBe('bad-certificate');
  });

  it('beyond the number that a mail client bears waits for a place', async () => {
    const { authority, certificate } = await personRecord(bob);
    const known = Array.from({ length: PEOPLE_MAX }, (_, index) => address(`known${index}@example.test`));
    const held = { authority, certificate, crossCertificate: certificate, addedAt: NOW };
    const state = { ...EMPTY_STATE, people: known.map((of) => ({ ...held, address: of })) };
    const full: PaperDevice = { ...one, state, base: emptyLog().folds };
    plant('people', personItem(await personRecord(bob, daysLater(1))));
    await takeInOnly(full, log);
    expect(full.state.people).toHaveLength(PEOPLE_MAX);
    expect(full.withheld.get(itemIdOfPerson(bob))).toBe('too-many');
    expect(outgoing(full).get('people')).toHaveLength(PEOPLE_MAX);
    change(full, { people: full.state.people.slice(1) });
    await takeInOnly(full, log);
    expect(full.state.people.map((person) => person.address)).toContain(bob);
  });
});

describe('the setting', () => {
  it('is the one that was changed last', async () => {
    change(other, { settings: { autoDisable: false } });
    await sync(other, log);
    await sync(one, log);
    expect(one.state.settings.autoDisable).toBe(false);
  });
});

describe('adopting', () => {
  it("takes the account's CA and key of a mailbox that both have, and keeps the own key for old mail", async () => {
    const own = await mailboxRecord(alice, daysLater(10));
    const third = await join(deviceId(3), { ...EMPTY_STATE, mailboxes: [own] }, log, daysLater(10));
    const [held] = third.state.mailboxes;
    expect(held?.authority.certificate).toEqual(mailbox.authority.certificate);
    expect(held?.current.certificate).toEqual(mailbox.current.certificate);
    expect(held?.former).toEqual([own.current]);
    expect(await sync(third, log)).toEqual(['devices', 'mailboxes']);
    await sync(one, log);
    expect(one.state.mailboxes[0]?.former.map((key) => certificateId(key.certificate))).toEqual([
      certificateId(own.current.certificate),
    ]);
    expect(one.state.mailboxes[0]?.current).toBe(mailbox.current);
  });

  it('keeps other mailboxes and people, and shares them', async () => {
    const state = { ...EMPTY_STATE, mailboxes: [await mailboxRecord(work)], people: [await personRecord(bob)] };
    const third = await join(deviceId(3), state, log, NOW);
    expect(third.state.mailboxes.map((held) => held.address)).toEqual([work, alice]);
    await sync(third, log);
    await sync(one, log);
    expect(sharedView(one.state)).toEqual(sharedView(third.state));
    expect(one.state.people.map((person) => person.address)).toEqual([bob]);
  });

  it('of nothing changes nothing', async () => {
    const state = { ...EMPTY_STATE, mailboxes: [mailbox] };
    expect((await join(deviceId(3), state, emptyLog(), NOW)).state).toBe(state);
  });
});

function without(name: CatalogName): CatalogLog['folds'] {
  const folds = new Map(log.folds);
  folds.delete(name);
  return folds;
}
