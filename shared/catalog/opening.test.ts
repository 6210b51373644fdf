import { describe, expect, it } from 'vitest';
import { hash32Of, newEpochKey, padded, utf8 } from '../sealing/index.ts';
import { encodeContent } from './content.ts';
import { itemsOf } from './fold.ts';
import { readRange } from './reading.ts';
import { startSequence } from './sequence-state.ts';
import { forged, sealed, signed } from './testing/forge.ts';
import { newScene, person } from './testing/scene.ts';
import { sequenceFor } from './testing/world.ts';

const { world, second, start, by, written, read, forgery, outcomeOf } = await newScene();

describe('an entry that does not open', () => {
  it('[SEC-102] is skipped and reported where somebody signs what another device sealed', async () => {
    const of = forgery(start().state, second);
    const stolen = await sealed({ ...of, signer: world.admin });
    expect(await outcomeOf(start(), await signed(of, stolen))).toMatchObject({
      kind: 'unreadable',
      why: 'does-not-open',
      signer: second.id,
    });
  });

  it('is skipped where it is sealed under another key, or nothing that is sealed', async () => {
    const of = forgery(start().state, second);
    expect(await outcomeOf(start(), await forged({ ...of, key: newEpochKey() }))).toMatchObject({
      why: 'does-not-open',
    });
    expect(await outcomeOf(start(), await signed(of, utf8('nothing')))).toMatchObject({ why: 'malformed' });
  });

  it('is skipped where it is sealed for another key check, sequence or epoch', async () => {
    const of = forgery(start().state, second);
    const elsewhere = startSequence(world.profile.account, sequenceFor(world, 'mailboxes'));
    for (const inside of [
      await sealed({ ...of, keyCheck: hash32Of(utf8('another check')) }),
      await sealed({ ...of, state: elsewhere }),
    ]) {
      expect(await outcomeOf(start(), await signed(of, inside))).toMatchObject({ why: 'does-not-open' });
    }
  });

  it('is skipped where its epoch can be none', async () => {
    const of = forgery(start().state, second);
    for (const epoch of [0, 4097, Number.MAX_SAFE_INTEGER]) {
      expect(await outcomeOf(start(), await forged({ ...of, epoch }))).toMatchObject({ why: 'malformed' });
    }
  });

  it('is skipped where it holds no content, or is not padded as it must be', async () => {
    const of = forgery(start().state, second);
    const good = padded(encodeContent(of.content));
    const marked = good.with(good.length - 1, 1);
    for (const bytes of [
      await forged({ ...of, instead: utf8('nothing') }),
      await forged({ ...of, plain: encodeContent(of.content) }),
      await forged({ ...of, plain: marked }),
    ]) {
      expect(await outcomeOf(start(), bytes)).toMatchObject({
        kind: 'unreadable',
        why: 'malformed',
        signer: second.id,
      });
    }
  });

  it('is skipped where the key of its epoch is lost', async () => {
    const { bytes } = await written(start(), second, person('bob'));
    expect(await outcomeOf(start(), bytes, { ...by(), keys: new Map([[1, null]]) })).toMatchObject({ why: 'no-key' });
  });

  it('waits for the key of its epoch where that is not there, or is not the one of the chain', async () => {
    const { bytes } = await written(start(), second, person('bob'));
    expect(await outcomeOf(start(), bytes, { ...by(), keys: new Map() })).toBe('needs-key');
    expect(await outcomeOf(start(), bytes, { ...by(), keys: new Map([[1, newEpochKey()]]) })).toBe('needs-key');
  });

  it('[SEC-102] in any number does not keep others from being read', async () => {
    let reading = start();
    const entries: Uint8Array[] = [];
    for (let index = 0; index < 50; index += 1) {
      const bytes = await forged({ ...forgery(reading.state, second), instead: utf8(`junk ${index}`) });
      entries.push(bytes);
      ({ reading } = await read(reading, bytes));
    }
    const { bytes } = await written(reading, world.admin, person('bob'));
    const range = await readRange(start(), by(), [...entries, bytes]);
    expect(range.fault).toBeNull();
    expect(range.outcomes.filter(({ kind }) => kind === 'unreadable').length).toBe(50);
    expect(itemsOf(range.reading.fold).length).toBe(1);
  });
});
