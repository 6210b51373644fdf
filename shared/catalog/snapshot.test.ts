import { describe, expect, it } from 'vitest';
import { Redacted } from '../result/index.ts';
import { decodeCbor, encodeCbor, fromHex, isCborArray, utf8, type CborValue } from '../sealing/index.ts';
import { CHUNK_ITEMS, emptyFold, folded, itemOf, type Fold } from './fold.ts';
import { appended, EMPTY_LOG, LOG_PART_HASHES } from './hash-log.ts';
import { itemIdOf, itemIdOfMailbox } from './item-id.ts';
import type { Reading } from './reading.ts';
import { decodeSnapshot, encodeSnapshot, partsOf, type SnapshotWrite } from './snapshot.ts';
import { appliedAt, upsertAt, versionAt } from './testing/applied.ts';
import { addressOf, ALICE, keyItem, mailboxItem, personItem } from './testing/examples.ts';
import { newScene, person } from './testing/scene.ts';

const { second, start, written, read, after } = await newScene();

/** A reading after so many entries, which nobody has made. */
function grown(count: number, fold: Fold): Reading {
  const { state } = start();
  const hashes = Array.from({ length: count + 1 }, (_, index) => versionAt(index));
  const head = { count, hash: versionAt(count) };
  return { state: { ...state, head, chain: 3, passed: hashes.reduce(appended, EMPTY_LOG) }, fold };
}

const peopleFold = (count: number): Fold =>
  Array.from({ length: count }, (_, index) => index).reduce(
    (fold, index) =>
      folded(fold, upsertAt(index, personItem({ address: addressOf(`person-${index}@example.test`) }), null)),
    emptyFold('people'),
  );

const lying = (...writes: readonly SnapshotWrite[]): ReadonlyMap<string, Uint8Array> =>
  new Map(writes.flatMap(({ parts }) => parts.map(({ name, bytes }) => [name, bytes])));

function fieldsOf(bytes: Uint8Array): readonly CborValue[] {
  const fields = decodeCbor(bytes);
  if (!isCborArray(fields)) throw new Error('No list');
  return fields;
}

describe('a snapshot', () => {
  it('gives back what was read, and reading goes on from it', async () => {
    const reading = await after(start(), [
      [second, 'bob'],
      [second, 'carol'],
    ]);
    const write = encodeSnapshot(reading, null);
    const back = decodeSnapshot(write.root, lying(write));
    expect(back).toEqual({ ok: true, value: write.snapshot });
    if (!back.ok) return;
    const next = await written(back.value.reading, second, person('dave'));
    expect((await read(reading, next.bytes)).outcomes).toMatchObject([{ kind: 'applied', counter: 3 }]);
    expect((await read(back.value.reading, next.bytes)).reading).toEqual((await read(reading, next.bytes)).reading);
  });

  it('gives back the beginning', () => {
    const write = encodeSnapshot(start(), null);
    expect(decodeSnapshot(write.root, lying(write))).toMatchObject({ ok: true, value: { reading: start() } });
  });

  it('gives back private keys, and mailboxes that were deleted', () => {
    const fold = [
      upsertAt(0, keyItem('a certificate', 'the private key'), null),
      upsertAt(1, mailboxItem({ issued: 200 }), null),
      appliedAt(2, { event: 'delete', id: itemIdOfMailbox(ALICE), parent: versionAt(1) }),
    ].reduce(folded, emptyFold('mailboxes'));
    const write = encodeSnapshot(grown(3, fold), null);
    const back = decodeSnapshot(write.root, lying(write));
    expect(back).toMatchObject({ ok: true });
    if (!back.ok) return;
    const again = back.value.reading.fold;
    const key = itemOf(again, itemIdOf(keyItem('a certificate')))?.item;
    expect(key?.kind === 'key' && key.pkcs8 instanceof Redacted && key.pkcs8.reveal()).toEqual(utf8('the private key'));
    expect(itemOf(again, itemIdOfMailbox(ALICE))).toBeNull();
    const late = folded(again, upsertAt(4, mailboxItem({ issued: 100 }), 0));
    expect(itemOf(late, itemIdOfMailbox(ALICE))?.item).toMatchObject({ issued: 200 });
  });

  it('writes only what changed, and says what is not used any more', () => {
    const fold = peopleFold(4 * CHUNK_ITEMS);
    const first = encodeSnapshot(grown(2 * LOG_PART_HASHES + 5, fold), null);
    expect(first.parts.length).toBe(3 + 4);
    expect(first.removed).toEqual([]);

    const state = grown(2 * LOG_PART_HASHES + 6, fold).state;
    const { passed } = first.snapshot.reading.state;
    const next: Reading = {
      state: { ...state, passed: appended(passed, state.head.hash) },
      fold: folded(fold, upsertAt(9, personItem({ address: addressOf('person-7@example.test'), added: 1 }), 7)),
    };
    const second = encodeSnapshot(next, first.snapshot);
    expect(second.parts.length).toBe(1 + 1);
    expect(second.removed.length).toBe(2);
    expect(second.removed.every((name) => first.parts.some((part) => part.name === name))).toBe(true);

    const kept = new Map([...lying(first, second)].filter(([name]) => !second.removed.includes(name)));
    expect(decodeSnapshot(second.root, kept)).toMatchObject({ ok: true, value: { reading: next } });
    expect(partsOf(second.root)).toEqual({ ok: true, value: [...kept.keys()].toSorted(inOrderOf(second)) });

    const nothing = encodeSnapshot(next, second.snapshot);
    expect(nothing.parts).toEqual([]);
    expect(nothing.removed).toEqual([]);
    expect(nothing.root).toEqual(second.root);
  });

  it('writes only what changed also after it was read back', () => {
    const write = encodeSnapshot(grown(5, peopleFold(600)), null);
    const back = decodeSnapshot(write.root, lying(write));
    expect(back.ok && encodeSnapshot(back.value.reading, back.value).parts).toEqual([]);
  });

  const inOrderOf =
    ({ snapshot }: SnapshotWrite) =>
    (left: string, right: string): number => {
      const names: readonly string[] = [...snapshot.log, ...snapshot.items];
      return names.indexOf(left) - names.indexOf(right);
    };
});

describe('a snapshot that does not hold together', () => {
  const before = encodeSnapshot(grown(5, peopleFold(3)), null);
  const later = encodeSnapshot(grown(6, peopleFold(4)), null);

  it('is refused where a part is missing', () => {
    expect(decodeSnapshot(before.root, new Map())).toEqual({ ok: false, error: 'malformed' });
    const without = new Map([...lying(before)].slice(0, 1));
    expect(decodeSnapshot(before.root, without)).toEqual({ ok: false, error: 'malformed' });
  });

  it('is refused where a part is of another time', () => {
    const mixed = new Map(before.parts.map(({ name }, index) => [name, later.parts[index]?.bytes ?? new Uint8Array()]));
    expect(decodeSnapshot(before.root, mixed)).toEqual({ ok: false, error: 'malformed' });
    const [log, items] = before.parts;
    const [, others] = later.parts;
    const parts = new Map([log, items].map((part) => [part?.name ?? '', part?.bytes ?? new Uint8Array()]));
    expect(decodeSnapshot(before.root, parts).ok).toBe(true);
    const old = new Map([...parts, [items?.name ?? '', others?.bytes ?? new Uint8Array()]]);
    expect(decodeSnapshot(before.root, old)).toEqual({ ok: false, error: 'malformed' });
  });

  it('is refused where its root says what its parts do not', () => {
    const fields = fieldsOf(before.root);
    for (const [index, value] of [
      [4, 6],
      [5, new Uint8Array(32)],
      [3, 99],
      [1, new Uint8Array(32)],
      [9, []],
    ] as const) {
      const back = decodeSnapshot(encodeCbor(fields.with(index, value)), lying(before));
      expect(back.ok).toBe(false);
    }
    expect(decodeSnapshot(encodeCbor(fields), lying(before)).ok).toBe(true);
  });

  it('is refused where an item stands in a chunk that is not its own', () => {
    const write = encodeSnapshot(grown(5, peopleFold(300)), null);
    const fields = fieldsOf(write.root);
    const items = fields[9];
    expect(isCborArray(items ?? null)).toBe(true);
    if (items === undefined || !isCborArray(items)) return;
    expect(items.length).toBe(2);
    expect(decodeSnapshot(encodeCbor(fields.with(9, items.toReversed())), lying(write))).toEqual({
      ok: false,
      error: 'malformed',
    });
  });

  it('is refused where it is no snapshot, and said to be newer where it is', () => {
    expect(decodeSnapshot(utf8('nothing'), new Map())).toEqual({ ok: false, error: 'malformed' });
    expect(partsOf(utf8('nothing'))).toEqual({ ok: false, error: 'malformed' });
    expect(decodeSnapshot(encodeCbor([2, 'anything']), new Map())).toEqual({ ok: false, error: 'newer' });
    const part = encodeCbor([2, 'anything']);
    const [name] = before.snapshot.log;
    const fields = fieldsOf(before.root);
    const root = encodeCbor(fields.with(8, [fromHex(name ?? '')]));
    expect(decodeSnapshot(root, new Map([[name ?? '', part]]))).toEqual({ ok: false, error: 'newer' });
  });
});

describe('the names of parts', () => {
  it('say nothing of what is in them', () => {
    const reading = grown(5, peopleFold(3));
    const [one, two] = [encodeSnapshot(reading, null), encodeSnapshot(reading, null)];
    expect(one.parts.length).toBe(two.parts.length);
    expect(one.parts.every(({ name }) => /^[0-9a-f]{32}$/.test(name))).toBe(true);
    expect(two.parts.some(({ name }) => one.parts.some((part) => part.name === name))).toBe(false);
  });
});
