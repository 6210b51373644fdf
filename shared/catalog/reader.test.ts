import { describe, expect, it } from 'vitest';
import { ORDINARY_ROLES } from '../identity/index.ts';
import {
  decodeCbor,
  encodeCbor,
  hash32Of,
  isCborArray,
  isCborMap,
  signStatement,
  utf8,
  type Hash32,
} from '../sealing/index.ts';
import { encodeContent } from './content.ts';
import { placeToWrite } from './entry.ts';
import { itemsOf } from './fold.ts';
import type { ReadBy } from './reader.ts';
import { readRange } from './reading.ts';
import { NO_ENTRY, startSequence, writerOf } from './sequence-state.ts';
import { mailboxItem } from './testing/examples.ts';
import { forged, sealed, signed } from './testing/forge.ts';
import { newScene, person } from './testing/scene.ts';
import { newWorld, NOW_SECONDS, sequenceFor, withDevice } from './testing/world.ts';

const { world, second, stranger, people, start, by, written, read, after, forgery, outcomeOf } = await newScene();

describe('an entry', () => {
  it('has effect, moves the head, and is known by its hash', async () => {
    const reading = start();
    const made = await written(reading, second, person('bob'));
    const range = await read(reading, made.bytes);
    expect(range.outcomes).toMatchObject([
      { kind: 'applied', signer: second.id, index: 0, hash: hash32Of(made.bytes), counter: 1, time: NOW_SECONDS },
    ]);
    expect(range.reading.state.head).toEqual(made.next.head);
    expect(placeToWrite(range.reading.state, second.id)).toEqual(made.next);
    expect(itemsOf(range.reading.fold)).toMatchObject([{ item: person('bob'), version: hash32Of(made.bytes) }]);
  });

  it('is the same to everybody who reads by the same chain', async () => {
    const entries: Uint8Array[] = [];
    let reading = start();
    for (const [signer, name] of [
      [world.admin, 'a'],
      [second, 'b'],
      [world.admin, 'a'],
      [second, 'c'],
    ] as const) {
      const { bytes } = await written(reading, signer, person(name));
      entries.push(bytes);
      ({ reading } = await read(reading, bytes));
    }
    expect((await readRange(start(), by(), entries)).reading).toEqual(reading);
  });
});

describe('the hash chain of a sequence', () => {
  it('[SEC-100] does not take a changed, dropped, doubled or reordered entry', async () => {
    const none = start();
    const first = await written(none, second, person('bob'));
    const one = (await read(none, first.bytes)).reading;
    const next = await written(one, second, person('carol'));
    const changed = first.bytes.with(first.bytes.length - 1, (first.bytes.at(-1) ?? 0) ^ 1);
    expect(await outcomeOf(none, changed)).toBe('bad-signature');
    expect(await outcomeOf(none, next.bytes)).toBe('broken-chain');
    expect(await outcomeOf(one, first.bytes)).toBe('broken-chain');
  });

  it('[SEC-100] does not take an entry behind another one than was read', async () => {
    const none = start();
    const one = await after(none, [[second, 'bob']]);
    const other = await after(none, [[second, 'carol']]);
    expect(await outcomeOf(one, (await written(other, second, person('dave'))).bytes)).toBe('broken-chain');
  });

  it('does not take an entry that says another place than its own', async () => {
    const { state } = start();
    const elsewhere = { count: 1, hash: state.head.hash };
    expect(await outcomeOf(start(), await forged({ ...forgery(state, second), head: elsewhere }))).toBe('broken-chain');
  });

  it('[SEC-100] does not take an entry of another sequence or account', async () => {
    const elsewhere = start(world, sequenceFor(world, 'mailboxes'));
    const { bytes } = await written(elsewhere, second, mailboxItem());
    expect(await outcomeOf(start(), bytes)).toBe('bad-signature');
    const account = (await newWorld()).profile.account;
    const foreign = await forged({ ...forgery(startSequence(account, people), second), head: start().state.head });
    expect(await outcomeOf(start(), foreign)).toBe('bad-signature');
  });

  it('[SEC-100] does not take a statement that is no entry, nor bytes that are no statement', async () => {
    const payload = encodeCbor([0, new Uint8Array(32), new Uint8Array()]);
    const link = await signStatement({ type: 'link', key: second, context: utf8(''), payload });
    expect(await outcomeOf(start(), link)).toBe('bad-signature');
    expect(await outcomeOf(start(), utf8('nothing'))).toBe('bad-signature');
  });

  it('does not take what a device signed that is no entry inside', async () => {
    const of = forgery(start().state, second);
    const inside = await sealed(of);
    expect(await outcomeOf(start(), await signed(of, decodeCbor(inside)))).toBe('broken-chain');
  });

  it('asks for the chain where it does not know the signer', async () => {
    const [later, third] = await withDevice(world, ORDINARY_ROLES);
    const { bytes } = await written(start(later), third, person('bob'), later);
    expect(await outcomeOf(start(), bytes)).toBe('needs-chain');
    expect(await outcomeOf(start(), bytes, by(later))).toMatchObject({ kind: 'applied' });
  });
});

describe('a newer Endymail', () => {
  const newer = async (of: ReturnType<typeof forgery>): Promise<Uint8Array> => {
    const fields = decodeCbor(encodeContent(of.content));
    if (!isCborArray(fields)) throw new Error('No content');
    return forged({ ...of, instead: encodeCbor(fields.with(0, 2)) });
  };

  it('stops the reading, by a statement or by a content that is newer', async () => {
    const { bytes } = await written(start(), second, person('bob'));
    expect(await outcomeOf(start(), withVersion(bytes, 2))).toBe('newer');
    expect(await outcomeOf(start(), await newer(forgery(start().state, second)))).toBe('newer');
  });

  /** The statement with another version in its header, where it is told before any signature is looked at. */
  function withVersion(bytes: Uint8Array, version: number): Uint8Array {
    const statement = decodeCbor(bytes);
    if (typeof statement !== 'object' || statement === null || !('tag' in statement)) throw new Error('No statement');
    const parts = statement.value;
    const [header] = isCborArray(parts) ? parts : [];
    const fields = header instanceof Uint8Array ? decodeCbor(header) : null;
    if (!isCborArray(parts) || !isCborMap(fields)) throw new Error('No statement');
    const newer = encodeCbor(new Map(fields).set(-65537, version));
    return encodeCbor({ tag: 18, value: parts.with(0, newer) });
  }

  it('does not stop it where whoever says so may not write here', async () => {
    expect(await outcomeOf(start(), await newer(forgery(start().state, stranger)))).toMatchObject({ kind: 'void' });
  });
});

describe('this device’s own entries', () => {
  const as = (counter: number, last: Hash32): ReadBy => ({
    ...by(),
    own: { device: second.id, counter, last },
  });

  it('are read like others', async () => {
    const { bytes, next } = await written(start(), second, person('bob'));
    expect(await outcomeOf(start(), bytes, as(next.counter, next.last))).toMatchObject({ kind: 'applied' });
    expect(await outcomeOf(start(), bytes, as(7, hash32Of(utf8('a later one'))))).toMatchObject({ kind: 'applied' });
  });

  it('[SEC-105] that it did not write show that it was copied: one counter, two entries', async () => {
    const { bytes } = await written(start(), second, person('bob'));
    expect(await outcomeOf(start(), bytes, as(1, hash32Of(utf8('another one'))))).toBe('copied-device');
  });

  it('[SEC-105] that it does not remember show that its folder is an old one', async () => {
    const { bytes } = await written(start(), second, person('bob'));
    expect(await outcomeOf(start(), bytes, as(0, NO_ENTRY))).toBe('copied-device');
  });

  it('that repeat a counter show that it was copied', async () => {
    const reading = await after(start(), [
      [second, 'bob'],
      [second, 'carol'],
    ]);
    const of = forgery(reading.state, second);
    const bytes = await forged({ ...of, content: { ...of.content, counter: 1, ownPrevious: NO_ENTRY } });
    expect(await outcomeOf(reading, bytes, as(2, writerOf(reading.state, second.id).last))).toBe('copied-device');
  });

  it('of others do not show that', async () => {
    const { bytes } = await written(start(), world.admin, person('bob'));
    expect(await outcomeOf(start(), bytes, as(0, NO_ENTRY))).toMatchObject({ kind: 'applied' });
  });
});
