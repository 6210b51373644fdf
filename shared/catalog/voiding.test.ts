import { describe, expect, it } from 'vitest';
import { ORDINARY_ROLES } from '../identity/index.ts';
import { hash32Of, utf8 } from '../sealing/index.ts';
import { NO_ENTRY } from './sequence-state.ts';
import { forged } from './testing/forge.ts';
import { newScene, person } from './testing/scene.ts';
import { removed, rotated, suspended, withDevice } from './testing/world.ts';

const { world, second, stranger, people, start, by, written, read, after, forgery, outcomeOf } = await newScene();

describe('without effect is an entry', () => {
  it('[SEC-101] of a device whose roles do not open the catalog', async () => {
    expect(await outcomeOf(start(), await forged(forgery(start().state, stranger)))).toMatchObject({
      kind: 'void',
      why: 'no-right',
      signer: stranger.id,
    });
  });

  it('of a writer who states a head from before it was in the account', async () => {
    const of = forgery(start().state, second);
    const chain = { count: 1, hash: world.profile.passed[1]! };
    expect(await outcomeOf(start(), await forged({ ...of, content: { ...of.content, chain } }))).toMatchObject({
      why: 'no-right',
    });
  });

  it('[SEC-101] of a removed device, from the index on that its removal states', async () => {
    const reading = await after(start(), [[second, 'bob']]);
    const gone = await removed(world, second, people, reading.state.head);
    // It holds the new key too: somebody who is still in the account helps it.
    for (const of of [forgery(reading.state, second), forgery(reading.state, second, gone)]) {
      const content = { ...of.content, chain: world.profile.head };
      expect(await outcomeOf(reading, await forged({ ...of, content }), by(gone))).toMatchObject({
        kind: 'void',
        why: 'after-removal',
        signer: second.id,
      });
    }
  });

  it('[SEC-133] of a suspended device, from its suspension until it is resumed, though it holds the new key', async () => {
    const before = await after(start(), [[second, 'bob']]);
    const off = await suspended(world, second, people, before.state.head);
    const of = forgery(before.state, second, off);
    const late = await forged({ ...of, content: { ...of.content, chain: off.profile.head } });
    expect(await outcomeOf(before, late, by(off))).toMatchObject({ kind: 'void', why: 'suspended', signer: second.id });
    const back = await suspended(off, second, people, before.state.head);
    const again = forgery(before.state, second, back);
    const honest = await forged({ ...again, content: { ...again.content, chain: back.profile.head } });
    expect(await outcomeOf(before, honest, by(back))).toMatchObject({ kind: 'applied', signer: second.id });
  });

  it('but not what the device wrote before', async () => {
    const { bytes } = await written(start(), second, person('bob'));
    const { reading } = await read(start(), bytes);
    const gone = await removed(world, second, people, reading.state.head);
    expect(await outcomeOf(start(gone), bytes, by(gone))).toMatchObject({ kind: 'applied', signer: second.id });
  });

  it('[SEC-101] under an epoch, from the index on that the next one states, though the writer is honest', async () => {
    const reading = await after(start(), [[world.admin, 'bob']]);
    const next = await rotated(world, people, reading.state.head);
    const late = await written(reading, second, person('carol'));
    expect(await outcomeOf(reading, late.bytes, by(next))).toMatchObject({ kind: 'void', why: 'old-epoch' });
    const fresh = await written(reading, second, person('carol'), next);
    expect(await outcomeOf(reading, fresh.bytes, by(next))).toMatchObject({ kind: 'applied' });
  });

  it('under an epoch whose link its writer did not know', async () => {
    const next = await rotated(world, people, start().state.head);
    const of = forgery(start().state, second, next);
    const content = { ...of.content, chain: world.profile.head };
    expect(await outcomeOf(start(), await forged({ ...of, content }), by(next))).toMatchObject({ why: 'before-epoch' });
  });

  it('of a writer who was shown another profile chain', async () => {
    const of = forgery(start().state, second);
    const chain = { count: world.profile.head.count, hash: hash32Of(utf8('another chain')) };
    expect(await outcomeOf(start(), await forged({ ...of, content: { ...of.content, chain } }))).toMatchObject({
      kind: 'void',
      why: 'other-chain',
    });
  });

  it('of a writer who knew a longer profile chain before', async () => {
    const [later] = await withDevice(world, ORDINARY_ROLES);
    const { reading } = await read(start(), (await written(start(), second, person('bob'), later)).bytes, by(later));
    const of = forgery(reading.state, second);
    expect(await outcomeOf(reading, await forged(of), by(later))).toMatchObject({ why: 'chain-back' });
  });

  it('[SEC-105] with a counter that its writer has used', async () => {
    const reading = await after(start(), [
      [second, 'bob'],
      [second, 'carol'],
    ]);
    const of = forgery(reading.state, second);
    for (const counter of [1, 2]) {
      expect(await outcomeOf(reading, await forged({ ...of, content: { ...of.content, counter } }))).toMatchObject({
        kind: 'void',
        why: 'copied',
        signer: second.id,
      });
    }
  });

  it('that names another one as its writer’s previous', async () => {
    const reading = await after(start(), [[second, 'bob']]);
    const of = forgery(reading.state, second);
    for (const ownPrevious of [NO_ENTRY, hash32Of(utf8('another entry'))]) {
      expect(await outcomeOf(reading, await forged({ ...of, content: { ...of.content, ownPrevious } }))).toMatchObject({
        why: 'copied',
      });
    }
  });

  it('and its writer goes on behind it with the next counter of those that had effect', async () => {
    const reading = await after(start(), [[second, 'bob']]);
    const next = await rotated(world, people, reading.state.head);
    const late = await written(reading, second, person('carol'));
    const { reading: passed } = await read(reading, late.bytes, by(next));
    const again = await written(passed, second, person('carol'), next);
    expect(again.next.counter).toBe(2);
    expect((await read(passed, again.bytes, by(next))).outcomes).toMatchObject([{ kind: 'applied', counter: 2 }]);
  });
});
