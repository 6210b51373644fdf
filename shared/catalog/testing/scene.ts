import { ORDINARY_ROLES, ROLES } from '../../identity/index.ts';
import type { SequenceId, SigningKey } from '../../sealing/index.ts';
import { makeEntry, placeToWrite, type MadeEntry } from '../entry.ts';
import { upsertOf } from '../fold.ts';
import type { Item, PersonItem } from '../items.ts';
import type { Outcome, SequenceFault } from '../outcome.ts';
import { readEntry, type ReadBy } from '../reader.ts';
import { readRange, startReading, type RangeRead, type Reading } from '../reading.ts';
import { writerOf, type SequenceState } from '../sequence-state.ts';
import { addressOf, personItem } from './examples.ts';
import type { Forgery } from './forge.ts';
import { keysOf, newWorld, NOW_SECONDS, presentKey, sequenceFor, withDevice, type World } from './world.ts';

/** A person of this name, as an item. */
export const person = (name: string): PersonItem => personItem({ address: addressOf(`${name}@example.test`) });

/** An account and what its devices do in it; where no other world is named, everything is in the one of the scene. */
export interface Scene {
  readonly world: World;
  /** A device that may read mail. */
  readonly second: SigningKey;
  /** A device of the account that may not. */
  readonly stranger: SigningKey;
  readonly people: SequenceId;
  readonly start: (of?: World, sequence?: SequenceId) => Reading;
  readonly by: (of?: World, sequence?: SequenceId) => ReadBy;
  /** An honest entry behind what was read. */
  readonly written: (reading: Reading, signer: SigningKey, item: Item, of?: World) => Promise<MadeEntry>;
  /** Reads one entry; throws where it stops the reading. */
  readonly read: (reading: Reading, bytes: Uint8Array, as?: ReadBy) => Promise<RangeRead>;
  /** The reading after honest entries, each of a device that puts in a person of this name. */
  readonly after: (reading: Reading, entries: readonly (readonly [SigningKey, string])[]) => Promise<Reading>;
  /** What a forger begins with: an entry that would be good. */
  readonly forgery: (state: SequenceState, signer: SigningKey, of?: World) => Forgery;
  readonly outcomeOf: (reading: Reading, bytes: Uint8Array, as?: ReadBy) => Promise<Outcome | SequenceFault>;
}

export async function newScene(): Promise<Scene> {
  const [two, second] = await withDevice(await newWorld(), ORDINARY_ROLES);
  const [world, stranger] = await withDevice(two, ROLES.passwords);
  const people = sequenceFor(world, 'people');

  const start: Scene['start'] = (of = world, sequence = people) => {
    const reading = startReading(of.profile, sequence);
    if (reading === null) throw new Error('The account has no such sequence');
    return reading;
  };

  const by: Scene['by'] = (of = world, sequence = people) => ({
    profile: of.profile,
    keys: keysOf(of, sequence),
    own: null,
  });

  const written: Scene['written'] = async ({ state, fold }, signer, item, of = world) => {
    const made = await makeEntry({
      profile: of.profile,
      place: placeToWrite(state, signer.id),
      signer,
      epochKey: presentKey(of, state.sequence),
      planned: upsertOf(fold, item),
      nowSeconds: NOW_SECONDS,
    });
    if (!made.ok) throw new Error(made.error);
    return made.value;
  };

  const read: Scene['read'] = async (reading, bytes, as = by()) => {
    const range = await readRange(reading, as, [bytes]);
    if (range.fault !== null) throw new Error(range.fault);
    return range;
  };

  const after: Scene['after'] = async (reading, entries) => {
    let next = reading;
    for (const [signer, name] of entries) {
      ({ reading: next } = await read(next, (await written(next, signer, person(name))).bytes));
    }
    return next;
  };

  const forgery: Scene['forgery'] = (state, signer, of = world) => {
    const present = of.profile.sequences.get(state.sequence)?.epochs.at(-1);
    if (present === undefined) throw new Error('The account has no such sequence');
    const { counter, last } = writerOf(state, signer.id);
    return {
      state,
      signer,
      epoch: present.epoch,
      keyCheck: present.keyCheck,
      key: presentKey(of, state.sequence),
      content: {
        change: { event: 'upsert', item: person('mallory'), parent: null },
        counter: counter + 1,
        ownPrevious: last,
        chain: of.profile.head,
        time: NOW_SECONDS,
      },
    };
  };

  const outcomeOf: Scene['outcomeOf'] = async (reading, bytes, as = by()) => {
    const entry = await readEntry(reading.state, as, bytes);
    return entry.ok ? entry.value.outcome : entry.error;
  };

  return { world, second, stranger, people, start, by, written, read, after, forgery, outcomeOf };
}
