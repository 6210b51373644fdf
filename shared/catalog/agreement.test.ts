import { describe, expect, it } from 'vitest';
import { ORDINARY_ROLES } from '../identity/index.ts';
import { utf8 } from '../sealing/index.ts';
import { hasAllStated } from './agreement.ts';
import { itemsOf } from './fold.ts';
import { readEntry } from './reader.ts';
import { readRange } from './reading.ts';
import { sequencePassed } from './sequence-state.ts';
import { newScene, person } from './testing/scene.ts';
import { newWorld, removed, rotated, withDevice } from './testing/world.ts';

const { world, second, people, start, by, written, read, after, outcomeOf } = await newScene();

describe('the profile chain behind the entries', () => {
  it('is fetched where a writer knew a longer one', async () => {
    const [later] = await withDevice(world, ORDINARY_ROLES);
    const { bytes } = await written(start(), second, person('bob'), later);
    expect(await outcomeOf(start(), bytes)).toBe('needs-chain');
    expect(await outcomeOf(start(), bytes, by(later))).toMatchObject({ kind: 'applied' });
  });

  it('is fetched where an entry is under an epoch that it does not have', async () => {
    const next = await rotated(world, people, start().state.head);
    const { bytes } = await written(start(), second, person('bob'), next);
    expect(await outcomeOf(start(), bytes)).toBe('needs-chain');
  });

  it('[SEC-103] never becomes shorter', async () => {
    const [later] = await withDevice(world, ORDINARY_ROLES);
    const one = (await read(start(), (await written(start(), second, person('bob'))).bytes, by(later))).reading;
    expect(await outcomeOf(one, (await written(one, second, person('carol'))).bytes)).toBe('needs-chain');
  });

  it('[SEC-101] makes the reader begin again where a removal takes back what was read', async () => {
    const first = await written(start(), world.admin, person('bob'));
    const { reading: one } = await read(start(), first.bytes);
    const late = await written(one, second, person('mallory'));
    const { reading: two } = await read(one, late.bytes);
    expect(itemsOf(two.fold).length).toBe(2);
    const gone = await removed(world, second, people, one.state.head);
    const range = await readRange(two, by(gone), []);
    expect(range).toEqual({ reading: two, outcomes: [], fault: 'read-again' });
    expect(await outcomeOf(two, first.bytes, by(gone))).toBe('read-again');
    const again = await readRange(start(gone), by(gone), [first.bytes, late.bytes]);
    expect(again.outcomes).toMatchObject([{ kind: 'applied' }, { kind: 'void', why: 'after-removal' }]);
    expect(itemsOf(again.reading.fold).length).toBe(1);
  });

  it('goes on where a link states the head that was read', async () => {
    const one = await after(start(), [[second, 'bob']]);
    const next = await rotated(world, people, one.state.head);
    const range = await readRange(one, by(next), []);
    expect(range.fault).toBeNull();
    expect(range.reading.state.chain).toBe(next.profile.head.count);
  });

  it('asks to begin again for a link only once', async () => {
    const next = await rotated(world, people, start().state.head);
    const one = (await read(start(next), (await written(start(), second, person('bob'), next)).bytes, by(next)))
      .reading;
    const [later] = await withDevice(next, ORDINARY_ROLES);
    expect((await readRange(one, by(later), [])).fault).toBeNull();
  });

  it('[SEC-103] shows another history than was read', async () => {
    const one = await after(start(), [[second, 'bob']]);
    const other = await after(start(), [[second, 'carol']]);
    const next = await rotated(world, people, other.state.head);
    expect((await readRange(one, by(next), [])).fault).toBe('broken-chain');
  });

  it('[SEC-103] shows another history than is being read', async () => {
    const { bytes } = await written(start(), second, person('bob'));
    const other = await after(start(), [[second, 'carol']]);
    const next = await rotated(world, people, other.state.head);
    expect(await outcomeOf(start(next), bytes, by(next))).toBe('broken-chain');
  });

  it('shows that the service holds entries back', async () => {
    const one = await after(start(), [[second, 'bob']]);
    const next = await rotated(world, people, one.state.head);
    expect(hasAllStated(start(next).state, next.profile)).toBe(false);
    expect(hasAllStated(one.state, next.profile)).toBe(true);
  });

  it('is of the same account, or the caller has a bug', async () => {
    const other = await newWorld();
    await expect(readEntry(start().state, by(other), utf8(''))).rejects.toThrow(TypeError);
  });
});

describe('a head that somebody states', () => {
  it('was passed, was not, or lies ahead', async () => {
    const one = await after(start(), [[second, 'bob']]);
    const two = await after(one, [[second, 'carol']]);
    const other = await after(start(), [[second, 'dave']]);
    expect(sequencePassed(two.state, start().state.head)).toBe(true);
    expect(sequencePassed(two.state, one.state.head)).toBe(true);
    expect(sequencePassed(two.state, other.state.head)).toBe(false);
    expect(sequencePassed(one.state, two.state.head)).toBe('not-yet');
  });
});
