import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hash32Of, utf8 } from '../sealing/index.ts';
import {
  CHUNK_ITEMS,
  deletionOf,
  emptyFold,
  folded,
  foldedAll,
  isWellPlaced,
  itemOf,
  itemsOf,
  upsertOf,
  type Fold,
  type FoldItem,
} from './fold.ts';
import { ITEM_ID_OF_SETTINGS, itemIdOf, itemIdOfMailbox } from './item-id.ts';
import type { Item, MailboxItem } from './items.ts';
import type { Applied } from './outcome.ts';
import { appliedAt, SOMEBODY, upsertAt, versionAt } from './testing/applied.ts';
import { addressOf, ALICE, authorityItem, keyItem, mailboxItem, personItem, settingsItem } from './testing/examples.ts';

const foldOf = (catalog: Fold['catalog'], entries: readonly Applied[]): Fold =>
  entries.reduce((fold, entry) => folded(fold, entry), emptyFold(catalog));

const MAILBOX = itemIdOfMailbox(ALICE);

const issuedAt = (issued: number, enabled = true): MailboxItem =>
  mailboxItem({ issued, enabled, certificate: hash32Of(utf8(`issued at ${issued}`)) });

function mailboxIn(fold: Fold): MailboxItem | null {
  const item = itemOf(fold, MAILBOX)?.item;
  return item?.kind === 'mailbox' ? item : null;
}

const deletes = (index: number, parent: number | null, id = MAILBOX): Applied =>
  appliedAt(index, { event: 'delete', id, parent: parent === null ? null : versionAt(parent) });

describe('the fold of a catalog', () => {
  it('has nothing in it at the beginning', () => {
    expect(itemsOf(emptyFold('people'))).toEqual([]);
    expect(itemOf(emptyFold('people'), ITEM_ID_OF_SETTINGS)).toBeNull();
  });

  it('is the same after many entries at once as after one by one, and leaves what it was made of', () => {
    const people = Array.from({ length: 3 * CHUNK_ITEMS }, (_, index) => {
      const item = personItem({ address: addressOf(`person-${index}@example.test`) });
      return { item, upsert: upsertAt(index, item, null) };
    });
    const deletions = people.slice(0, 40).map(({ item }, at) => deletes(people.length + at, at, itemIdOf(item)));
    const before = foldOf(
      'people',
      people.slice(0, 100).map(({ upsert }) => upsert),
    );
    const kept = before.chunks.map((chunk) => [...chunk]);
    const more = [...people.slice(100).map(({ upsert }) => upsert), ...deletions];
    const together = foldedAll(before, more);
    expect(together).toEqual(more.reduce((fold, entry) => folded(fold, entry), before));
    expect([together.size, isWellPlaced(together)]).toEqual([people.length - deletions.length, true]);
    expect(before.chunks.map((chunk) => [...chunk])).toEqual(kept);
  });

  it('takes in an item, with the entry that it is from', () => {
    const fold = foldOf('settings', [upsertAt(0, settingsItem(true), null)]);
    const expected: FoldItem = {
      item: settingsItem(true),
      version: versionAt(0),
      writer: SOMEBODY,
      index: 0,
      size: 256,
      deleted: false,
    };
    expect(itemOf(fold, ITEM_ID_OF_SETTINGS)).toEqual(expected);
    expect(itemsOf(fold)).toEqual([expected]);
  });

  it('replaces the version that an upsert names', () => {
    const fold = foldOf('settings', [upsertAt(0, settingsItem(true), null), upsertAt(1, settingsItem(false), 0)]);
    expect(itemOf(fold, ITEM_ID_OF_SETTINGS)).toMatchObject({ item: settingsItem(false), version: versionAt(1) });
  });

  it('takes the later of two that do not know of one another', () => {
    const fold = foldOf('settings', [
      upsertAt(0, settingsItem(true), null),
      upsertAt(1, settingsItem(true), 0),
      upsertAt(2, settingsItem(false), 0),
    ]);
    expect(itemOf(fold, ITEM_ID_OF_SETTINGS)).toMatchObject({ item: settingsItem(false), version: versionAt(2) });
  });

  it('forgets what is deleted, and takes it in again', () => {
    const person = personItem();
    const id = itemIdOf(person);
    const without = foldOf('people', [upsertAt(0, person, null), deletes(1, 0, id)]);
    expect(itemOf(without, id)).toBeNull();
    expect(itemsOf(without)).toEqual([]);
    expect(without.size).toBe(0);
    expect(itemOf(folded(without, upsertAt(2, person, null)), id)).toMatchObject({ item: person });
  });

  it('does nothing where there is nothing to delete', () => {
    const fold = foldOf('people', [upsertAt(0, personItem(), null)]);
    expect(folded(fold, deletes(1, 0, itemIdOfMailbox(ALICE)))).toBe(fold);
  });

  it('replaces a CA by a later entry', () => {
    const [first, second] = [authorityItem('a CA', 'one'), authorityItem('a CA', 'two')];
    const fold = foldOf('authorities', [upsertAt(0, first, null), upsertAt(1, second, null)]);
    expect(itemOf(fold, itemIdOf(first))?.item).toBe(second);
  });

  it('plans an upsert over what is there, and a deletion as large', () => {
    const fold = foldOf('people', [{ ...upsertAt(0, personItem(), null), size: 4096 }]);
    const id = itemIdOf(personItem());
    expect(upsertOf(fold, personItem({ added: 5 })).change.parent).toBe(versionAt(0));
    expect(upsertOf(emptyFold('people'), personItem()).change.parent).toBeNull();
    expect(deletionOf(fold, id)).toEqual({
      change: { event: 'delete', id, parent: versionAt(0) },
      atLeastBytes: 4096,
    });
    expect(deletionOf(fold, MAILBOX)).toBeNull();
  });
});

describe('keys of mailboxes', () => {
  const key = keyItem('a certificate', 'the first key');
  const id = itemIdOf(key);

  it('[SEC-104] are never replaced, whatever an upsert names', () => {
    const fold = foldOf('mailboxes', [upsertAt(0, key, null)]);
    const other = keyItem('a certificate', 'another key');
    expect(folded(fold, upsertAt(1, other, 0))).toBe(fold);
    expect(folded(fold, upsertAt(1, other, null))).toBe(fold);
  });

  it('[SEC-104] are never deleted', () => {
    const fold = foldOf('mailboxes', [upsertAt(0, key, null)]);
    expect(folded(fold, deletes(1, 0, id))).toBe(fold);
    expect(deletionOf(fold, id)).toBeNull();
  });

  it('all stay, in whatever order anything comes', () => {
    const keys = ['one', 'two', 'three'].map((name) => keyItem(name));
    const event = fc.record({
      what: fc.constantFrom('key', 'other', 'delete', 'mailbox', 'delete mailbox'),
      which: fc.nat({ max: 2 }),
      parent: fc.option(fc.nat({ max: 30 })),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        let fold = emptyFold('mailboxes');
        const first = new Map<string, Item>();
        for (const [index, { what, which, parent }] of events.entries()) {
          const named = keys[which]!;
          const written = what === 'other' ? keyItem(['one', 'two', 'three'][which]!, 'other') : named;
          if (what === 'mailbox') fold = folded(fold, upsertAt(index, issuedAt(which), parent));
          else if (what === 'delete mailbox') fold = folded(fold, deletes(index, parent));
          else if (what === 'delete') fold = folded(fold, deletes(index, parent, itemIdOf(named)));
          else {
            fold = folded(fold, upsertAt(index, written, parent));
            if (!first.has(itemIdOf(named))) first.set(itemIdOf(named), written);
          }
        }
        for (const [kept, item] of first) {
          expect(itemsOf(fold).find((of) => itemIdOf(of.item) === kept)?.item).toBe(item);
        }
      }),
    );
  });
});

describe('mailboxes', () => {
  it('[SEC-104] a device that was away for a year does not bring its old certificate back', () => {
    const fold = foldOf('mailboxes', [
      upsertAt(0, issuedAt(100), null),
      upsertAt(1, issuedAt(200), 0),
      upsertAt(2, issuedAt(100, false), 0),
    ]);
    expect(mailboxIn(fold)).toEqual(issuedAt(200, false));
  });

  it('nor with a second upsert that names its first', () => {
    const fold = foldOf('mailboxes', [
      upsertAt(0, issuedAt(100), null),
      upsertAt(1, issuedAt(200), 0),
      upsertAt(2, issuedAt(100), 0),
      upsertAt(3, issuedAt(100, false), 2),
    ]);
    expect(mailboxIn(fold)).toEqual(issuedAt(200, false));
  });

  it('nor when the newer one was deleted meanwhile', () => {
    const fold = foldOf('mailboxes', [
      upsertAt(0, issuedAt(100), null),
      upsertAt(1, issuedAt(200), 0),
      deletes(2, 1),
      upsertAt(3, issuedAt(100), 0),
    ]);
    expect(mailboxIn(fold)).toEqual(issuedAt(200));
  });

  it('take what an upsert says that names the present version, an older certificate too', () => {
    const fold = foldOf('mailboxes', [upsertAt(0, issuedAt(200), null), upsertAt(1, issuedAt(100), 0)]);
    expect(itemOf(fold, MAILBOX)).toMatchObject({ item: issuedAt(100), version: versionAt(1) });
  });

  it('take the certificate that was issued later from an upsert that knew less', () => {
    const fold = foldOf('mailboxes', [
      upsertAt(0, issuedAt(100), null),
      upsertAt(1, issuedAt(200, false), 0),
      upsertAt(2, issuedAt(300), 0),
    ]);
    expect(itemOf(fold, MAILBOX)).toMatchObject({ item: issuedAt(300), version: versionAt(2) });
  });

  it('keep the first of two certificates that were issued in the same second', () => {
    const first = issuedAt(100);
    const second = { ...first, certificate: hash32Of(utf8('another')), enabled: false };
    const fold = foldOf('mailboxes', [upsertAt(0, first, null), upsertAt(1, second, null)]);
    expect(mailboxIn(fold)).toEqual({ ...first, enabled: false });
  });

  it('are gone when they are deleted', () => {
    const fold = foldOf('mailboxes', [upsertAt(0, issuedAt(100), null), deletes(1, 0)]);
    expect(itemOf(fold, MAILBOX)).toBeNull();
    expect(itemsOf(fold)).toEqual([]);
    expect(folded(fold, deletes(2, 1))).toBe(fold);
  });

  it('[SEC-104] never go back to an older certificate by upserts that do not name the present version', () => {
    const event = fc.record({ issued: fc.nat({ max: 5 }), enabled: fc.boolean(), deletion: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 1, maxLength: 25 }),
        fc.array(fc.nat({ max: 24 })),
        (events, parents) => {
          let fold = foldOf('mailboxes', [upsertAt(0, issuedAt(3), null)]);
          let newest = 3;
          for (const [at, { issued, enabled, deletion }] of events.entries()) {
            const index = at + 1;
            const current = [...fold.chunks[0]!.values()][0]!;
            const named = parents[at] ?? null;
            const parent = named !== null && versionAt(named) === current.version ? null : named;
            fold = folded(fold, deletion ? deletes(index, parent) : upsertAt(index, issuedAt(issued, enabled), parent));
            if (!deletion) newest = Math.max(newest, issued);
            const left = [...fold.chunks[0]!.values()][0]!;
            expect(left.item).toMatchObject({ issued: newest });
            if (!deletion) expect(left.item).toMatchObject({ enabled });
            expect(left.deleted).toBe(deletion);
          }
        },
      ),
    );
  });
});

describe('the chunks of a fold', () => {
  const people = Array.from({ length: 4 * CHUNK_ITEMS + 1 }, (_, index) =>
    personItem({ address: addressOf(`person-${index}@example.test`) }),
  );
  const fold = foldOf(
    'people',
    people.map((person, index) => upsertAt(index, person, null)),
  );

  it('become more with the items, and every item is found', () => {
    expect(fold.chunks.length).toBe(8);
    expect(fold.size).toBe(people.length);
    expect(isWellPlaced(fold)).toBe(true);
    expect(people.every((person) => itemOf(fold, itemIdOf(person))?.item === person)).toBe(true);
    expect(itemsOf(fold).length).toBe(people.length);
  });

  it('stay the same objects where nothing changed in them', () => {
    const next = folded(fold, upsertAt(5000, personItem({ address: addressOf('person-7@example.test'), added: 1 }), 7));
    const changed = next.chunks.filter((chunk, index) => chunk !== fold.chunks[index]);
    expect(changed.length).toBe(1);
    expect(next.chunks.length).toBe(fold.chunks.length);
  });
});
