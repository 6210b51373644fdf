import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstSequenceHead, makeClose, makeRotate, ROLES } from '@endymail/shared/identity';
import { equalBytes, utf8 } from '@endymail/shared/sealing';
import {
  addDevice,
  emptyHeads,
  entriesOf,
  linkAdding,
  newDevice,
  newPerson,
  openWorld,
  removeDevice,
  sequenceOf,
  settle,
  NOW,
  type World,
} from './testing/world.ts';

const DEVICES = 1;
const MAILBOXES = 2;
const AUTHORITIES = 3;

/** What a call said no with. */
const no = (code: string) => ({ ok: false, error: { kind: 'problem', problem: { code } } });

describe('the mesh service', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.dispose());

  it('says what it is', async () => {
    const stranger = world.client(null);
    const { service, url } = world.service;
    expect(await stranger.wellKnown({})).toEqual({ ok: true, value: { service, api: url } });
    expect(await stranger.health({})).toEqual({ ok: true, value: { status: 'ok' } });
    expect(await stranger.ready({})).toEqual({ ok: true, value: { status: 'ok' } });
  });

  it('keeps its id and everything else over a restart', async () => {
    const person = await settle(world, 'alice');
    const { service } = world.service;
    await world.restart();
    expect(world.service.service).toBe(service);
    const stranger = world.client(null);
    expect(await stranger.accountOf({ name: 'alice' })).toEqual({ ok: true, value: person.account });
    const { head } = person.made.profile;
    const { link } = person.made;
    expect(await stranger.readChain({ account: person.account, from: 0 })).toEqual({
      ok: true,
      value: { head, links: [link] },
    });
    expect(await world.client(person.key).readHeads({ account: person.account })).toMatchObject({
      ok: true,
      value: { chain: head },
    });
  });

  it('takes the same account twice, as an answer may be lost, and no other of its name', async () => {
    const person = await settle(world, 'alice');
    const stranger = world.client(null);
    const { link, bundle } = person.made;
    expect(await stranger.createAccount({ body: { name: 'alice', link, bundle } })).toEqual({
      ok: true,
      value: person.account,
    });
    expect(await stranger.createAccount({ body: { name: 'other', link, bundle } })).toMatchObject(no('account-exists'));
    const { made } = await newPerson();
    const body = { name: 'alice', link: made.link, bundle: made.bundle };
    expect(await stranger.createAccount({ body })).toMatchObject(no('name-taken'));
    expect(await stranger.accountOf({ name: 'bob' })).toMatchObject(no('name-unknown'));
  });

  it('[SEC-72] takes a first link only with its signature and its bundle', async () => {
    const stranger = world.client(null);
    const [alice, bob] = [await newPerson(), await newPerson()];
    const broken = alice.made.link.with(-1, (alice.made.link.at(-1) ?? 0) ^ 1);
    const create = (link: Uint8Array, bundle: Uint8Array) =>
      stranger.createAccount({ body: { name: 'alice', link, bundle } });
    expect(await create(broken, alice.made.bundle)).toMatchObject(no('link-refused'));
    expect(await create(utf8('no link'), alice.made.bundle)).toMatchObject(no('link-refused'));
    expect(await create(alice.made.link, bob.made.bundle)).toMatchObject(no('bundle-refused'));
    expect((await create(alice.made.link, alice.made.bundle)).ok).toBe(true);
  });

  it('[SEC-72] appends a link where it belongs, with its bundle, and nothing else', async () => {
    const person = await settle(world, 'alice');
    const { account, key } = person;
    const { profile } = person.made;
    const mesh = world.client(key);
    const device = await newDevice();
    const added = await linkAdding(person, profile, device);
    const { link, bundle } = added;
    const expected = profile.head;
    expect(await mesh.appendLink({ account, body: { expected, link, bundle: null } })).toMatchObject(
      no('bundle-refused'),
    );
    const other = { count: 1, hash: firstSequenceHead(account, sequenceOf(person, DEVICES)).hash };
    expect(await mesh.appendLink({ account, body: { expected: other, link, bundle } })).toMatchObject(
      no('chain-moved'),
    );
    const stranger = await settle(world, 'bob');
    const foreign = { expected, link: stranger.made.link, bundle: stranger.made.bundle };
    expect(await mesh.appendLink({ account, body: foreign })).toMatchObject(no('link-refused'));
    expect(await mesh.appendLink({ account, body: { expected, link, bundle } })).toEqual({
      ok: true,
      value: added.profile.head,
    });
    expect(await mesh.appendLink({ account, body: { expected, link, bundle } })).toMatchObject(no('chain-moved'));
    const bundles = await mesh.readBundles({ account, from: 1 });
    expect(bundles.ok && bundles.value.map(({ index }) => index)).toEqual([1]);
    expect(bundles.ok && equalBytes(bundles.value[0]?.bundle ?? new Uint8Array(), bundle ?? new Uint8Array())).toBe(
      true,
    );
  });

  it('passes on entries in their order, and tells the heads', async () => {
    const person = await settle(world, 'alice');
    const { account, key } = person;
    const sequence = sequenceOf(person, MAILBOXES);
    const mesh = world.client(key);
    const first = await entriesOf(person, sequence, key, [utf8('one'), utf8('two')]);
    const body = { expected: first.expected, entries: first.entries };
    expect(await mesh.appendEntries({ account, sequence, body })).toEqual({ ok: true, value: first.head });
    expect(await mesh.appendEntries({ account, sequence, body })).toMatchObject(no('sequence-moved'));
    const range = await mesh.readEntries({ account, sequence, from: 1 });
    expect(range).toEqual({ ok: true, value: { head: first.head, entries: [first.entries[1]] } });
    const heads = await mesh.readHeads({ account });
    expect(heads.ok && heads.value.sequences.get(sequence)).toEqual(first.head);
    expect(heads.ok && heads.value.sequences.size).toBe(6);
    const unknown = sequenceOf(await newPerson(), MAILBOXES);
    expect(await mesh.readEntries({ account, sequence: unknown, from: 0 })).toMatchObject(no('sequence-unknown'));
  });

  it('[SEC-72] takes no entry that would end the reading of a sequence for everybody', async () => {
    const person = await settle(world, 'alice');
    const { account, key } = person;
    const other = await addDevice(world, person);
    const sequence = sequenceOf(person, MAILBOXES);
    const mesh = world.client(key);
    const append = async (entries: readonly Uint8Array[]) =>
      mesh.appendEntries({
        account,
        sequence,
        body: { expected: firstSequenceHead(account, sequence), entries: [...entries] },
      });
    const { entries, head } = await entriesOf(person, sequence, key, [utf8('one')]);
    const [good = new Uint8Array()] = entries;
    const elsewhere = await entriesOf(person, sequenceOf(person, DEVICES), key, [utf8('one')]);
    const late = await entriesOf(person, sequence, key, [utf8('two')], head);
    const skipping = await entriesOf(person, sequence, key, [utf8('one')], {
      ...firstSequenceHead(account, sequence),
      count: 1,
    });
    const foreign = await entriesOf(person, sequence, other.signing, [utf8('one')]);
    for (const wrong of [
      [utf8('no entry')],
      [good.with(-1, (good.at(-1) ?? 0) ^ 1)],
      elsewhere.entries,
      late.entries,
      foreign.entries,
      skipping.entries,
      [good, good],
    ]) {
      expect(await append(wrong)).toMatchObject(no('entry-refused'));
    }
    expect(await append([...entries, ...late.entries])).toEqual({ ok: true, value: late.head });
  });

  it('[SEC-73] lets a device read and write only what its roles open, and a removed one nothing', async () => {
    const person = await settle(world, 'alice');
    const { account } = person;
    const device = await addDevice(world, person, ROLES.passwords);
    const mesh = world.client(device.signing);
    for (const catalog of [MAILBOXES, AUTHORITIES]) {
      const sequence = sequenceOf(person, catalog);
      expect(await mesh.readEntries({ account, sequence, from: 0 })).toMatchObject(no('role-missing'));
      const { expected, entries } = await entriesOf(person, sequence, device.signing, [utf8('one')]);
      expect(await mesh.appendEntries({ account, sequence, body: { expected, entries } })).toMatchObject(
        no('role-missing'),
      );
    }
    expect((await mesh.readEntries({ account, sequence: sequenceOf(person, DEVICES), from: 0 })).ok).toBe(true);
    expect(await mesh.readRequests({ account })).toMatchObject(no('role-missing'));
    const stranger = await settle(world, 'bob');
    expect(await world.client(stranger.key).readHeads({ account })).toMatchObject(no('device-refused'));
    await removeDevice(world, person, device);
    expect(await mesh.readHeads({ account })).toMatchObject(no('device-refused'));
    expect((await world.client(person.key).readHeads({ account })).ok).toBe(true);
  });

  it('[SEC-78] deletes an account with everything, by its root alone, and gives its name to nobody', async () => {
    const person = await settle(world, 'alice');
    const { account, key } = person;
    const { profile } = person.made;
    const mesh = world.client(key);
    const rotate = await makeRotate({
      profile,
      admin: key,
      heads: emptyHeads(profile),
      epochKeys: person.made.epochKeys,
      kemKeys: person.made.kemKeys,
      sequences: [...profile.sequences.keys()],
      nowSeconds: NOW,
    });
    expect(await mesh.deleteAccount({ account, body: rotate.link })).toMatchObject(no('link-refused'));
    const close = await makeClose({ profile, root: person.root, nowSeconds: NOW });
    expect(
      await mesh.appendLink({ account, body: { expected: profile.head, link: close.link, bundle: null } }),
    ).toMatchObject(no('link-refused'));
    expect(await mesh.deleteAccount({ account, body: close.link })).toEqual({ ok: true, value: null });
    const stranger = world.client(null);
    expect(await stranger.readChain({ account, from: 0 })).toMatchObject(no('account-unknown'));
    expect(await mesh.readHeads({ account })).toMatchObject(no('account-unknown'));
    expect(await stranger.accountOf({ name: 'alice' })).toMatchObject(no('name-unknown'));
    const { made } = await newPerson();
    const again = { name: 'alice', link: made.link, bundle: made.bundle };
    expect(await stranger.createAccount({ body: again })).toMatchObject(no('name-taken'));
  });
});
