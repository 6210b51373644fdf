import { describe, expect, it } from 'vitest';
import { decodeCbor, isCborArray, newEpochKey, type CborValue } from '../sealing/index.ts';
import { makeEntry, placeToWrite } from './entry.ts';
import { deletionOf, itemOf, upsertOf } from './fold.ts';
import { itemIdOf } from './item-id.ts';
import { readRange } from './reading.ts';
import { personItem, settingsItem } from './testing/examples.ts';
import { newScene, person } from './testing/scene.ts';
import { NOW_SECONDS, presentKey, removed, rotated } from './testing/world.ts';

const { world, second, stranger, people, start, by, written, read } = await newScene();

/** An entry of the second device at the beginning of the people. */
const entry = (of: Partial<Parameters<typeof makeEntry>[0]> = {}): ReturnType<typeof makeEntry> =>
  makeEntry({
    profile: world.profile,
    place: placeToWrite(start().state, second.id),
    signer: second,
    epochKey: presentKey(world, people),
    planned: upsertOf(start().fold, person('bob')),
    nowSeconds: NOW_SECONDS,
    ...of,
  });

/** The length of the sealed text in an entry. */
function sealedLength(bytes: Uint8Array): number {
  const inside = (value: CborValue | null, index: number): CborValue | null =>
    isCborArray(value) ? (value[index] ?? null) : null;
  const statement = decodeCbor(bytes);
  const tagged = typeof statement === 'object' && statement !== null && 'tag' in statement ? statement.value : null;
  const payload = inside(tagged, 2);
  const sealed = payload instanceof Uint8Array ? inside(decodeCbor(payload), 2) : null;
  return sealed instanceof Uint8Array ? sealed.length : 0;
}

describe('making an entry', () => {
  it('makes several, one behind the other, before the first is sent', async () => {
    const first = await entry();
    expect(first).toMatchObject({ ok: true });
    if (!first.ok) return;
    const next = await entry({ place: first.value.next, planned: upsertOf(start().fold, person('carol')) });
    expect(next).toMatchObject({ ok: true });
    if (!next.ok) return;
    const range = await readRange(start(), by(), [first.value.bytes, next.value.bytes]);
    expect(range.fault).toBeNull();
    expect(range.outcomes).toMatchObject([
      { kind: 'applied', counter: 1 },
      { kind: 'applied', counter: 2 },
    ]);
    expect(placeToWrite(range.reading.state, second.id)).toEqual(next.value.next);
  });

  it('refuses a device that may not write there, or does not any more', async () => {
    expect(await entry({ signer: stranger })).toEqual({ ok: false, error: 'no-right' });
    const gone = await removed(world, second, people, start().state.head);
    const after = { profile: gone.profile, epochKey: presentKey(gone, people) };
    expect(await entry(after)).toEqual({ ok: false, error: 'no-right' });
  });

  it('[SEC-106] refuses to write under an older epoch than the chain has, or under no epoch’s key', async () => {
    const next = await rotated(world, people, start().state.head);
    expect(await entry({ profile: next.profile })).toEqual({ ok: false, error: 'wrong-key' });
    expect(await entry({ epochKey: newEpochKey() })).toEqual({ ok: false, error: 'wrong-key' });
    expect(await entry({ profile: next.profile, epochKey: presentKey(next, people) })).toMatchObject({ ok: true });
  });

  it('refuses an item of another catalog', async () => {
    const planned = upsertOf(start().fold, settingsItem(true));
    expect(await entry({ planned })).toEqual({ ok: false, error: 'other-catalog' });
  });

  it('refuses what does not fit into an entry', async () => {
    const der = new Uint8Array(40_000);
    const planned = upsertOf(start().fold, personItem({ authority: der, certificate: der }));
    expect(await entry({ planned })).toEqual({ ok: false, error: 'too-large' });
  });

  it('[SEC-107] makes a deletion as large as what it deletes', async () => {
    const large = personItem({ certificate: new Uint8Array(3000).fill(1) });
    const upsert = await written(start(), second, large);
    const { reading } = await read(start(), upsert.bytes);
    const planned = deletionOf(reading.fold, itemIdOf(large));
    expect(planned).not.toBeNull();
    if (planned === null) return;
    const deletion = await entry({ place: upsert.next, planned });
    expect(deletion).toMatchObject({ ok: true });
    if (!deletion.ok) return;
    expect(sealedLength(upsert.bytes)).toBeGreaterThan(4096);
    expect(sealedLength(deletion.value.bytes)).toBe(sealedLength(upsert.bytes));
    const after = await read(reading, deletion.value.bytes);
    expect(itemOf(after.reading.fold, itemIdOf(large))).toBeNull();
  });

  it('[SEC-107] shows nothing of what is written', async () => {
    const made = await entry();
    expect(made).toMatchObject({ ok: true });
    if (!made.ok) return;
    const text = made.value.bytes.reduce((all, byte) => all + String.fromCharCode(byte), '');
    expect(text).not.toContain('bob@example.test');
  });
});
