import { describe, expect, it } from 'vitest';
import { nextHead, type Head } from '@endymail/shared/identity';
import { err, ok } from '@endymail/shared/result';
import type { AccountId } from '@endymail/shared/sealing';
import type { Store } from '../store/store.ts';
import { linkAdding, newDevice, newPerson } from '../testing/world.ts';
import { createProfiles } from './profiles.ts';

/** A store of chains in memory, one link to a read, which counts what is read. */
function chains(...all: readonly (readonly [AccountId, Uint8Array[], () => Head])[]) {
  const counted = { reads: 0 };
  const of = (account: string) => all.find(([id]) => id === account);
  const store: Pick<Store, 'statusOf' | 'readLinks'> = {
    statusOf(account) {
      const found = of(account);
      const chain = found?.[2]();
      return Promise.resolve(
        chain === undefined ? err('unknown-account') : ok({ name: null, chain, bytes: 0, entries: 0 }),
      );
    },
    readLinks(account, from) {
      counted.reads += 1;
      const found = of(account);
      if (found === undefined) return Promise.resolve(err('unknown-account'));
      return Promise.resolve(ok({ head: found[2](), items: found[1].slice(from, from + 1) }));
    },
  };
  return { store, counted };
}

describe('createProfiles', () => {
  it('verifies a chain once, and then only what is new of it', async () => {
    const person = await newPerson();
    const links = [person.made.link];
    let head = person.made.profile.head;
    const { store, counted } = chains([person.account, links, () => head]);
    const profiles = createProfiles(store, 10);
    const both = await Promise.all([profiles.of(person.account), profiles.of(person.account)]);
    expect(both.map((profile) => profile.ok && profile.value.head)).toEqual([head, head]);
    expect(counted.reads).toBe(1);
    const added = await linkAdding(person, person.made.profile, await newDevice());
    links.push(added.link);
    head = added.profile.head;
    const after = await profiles.of(person.account);
    expect(after.ok && after.value.devices.size).toBe(2);
    expect(counted.reads).toBe(2);
  });

  it('gives who asked later what is there later', async () => {
    const person = await newPerson();
    const added = await linkAdding(person, person.made.profile, await newDevice());
    let head = person.made.profile.head;
    const { store } = chains([person.account, [person.made.link, added.link], () => head]);
    const profiles = createProfiles(store, 10);
    const first = profiles.of(person.account);
    head = added.profile.head;
    const [, later] = await Promise.all([first, profiles.of(person.account)]);
    expect(later.ok && later.value.head).toEqual(added.profile.head);
  });

  it('[SEC-72] gives none for a chain that does not verify', async () => {
    const [alice, bob] = [await newPerson(), await newPerson()];
    const head = nextHead(alice.made.profile.head, bob.made.link);
    const { store } = chains(
      [alice.account, [alice.made.link, bob.made.link], () => head],
      [bob.account, [alice.made.link], () => alice.made.profile.head],
    );
    const profiles = createProfiles(store, 10);
    expect(await profiles.of(alice.account)).toEqual(err('failed'));
    expect(await profiles.of(bob.account)).toEqual(err('failed'));
  });

  it('keeps only so many', async () => {
    const [alice, bob] = [await newPerson(), await newPerson()];
    const { store, counted } = chains(
      [alice.account, [alice.made.link], () => alice.made.profile.head],
      [bob.account, [bob.made.link], () => bob.made.profile.head],
    );
    const profiles = createProfiles(store, 1);
    await profiles.of(alice.account);
    await profiles.of(bob.account);
    await profiles.of(alice.account);
    expect(counted.reads).toBe(3);
  });
});
