import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { makeEntry, placeToWrite, readRange, type PlannedChange, type Reading } from '@endymail/shared/catalog';
import { currentEpoch, type Head } from '@endymail/shared/identity';
import type { SequenceId, SigningKey } from '@endymail/shared/sealing';
import { isProblem, meshFailure, type ServiceClient } from '../mesh/index.ts';
import type { OutboxItem, WrittenRecord } from './account-record.ts';
import type { Chain } from './follow-chain.ts';

/** So many entries go in one append. */
const BATCH_MAX = 64;
const BATCH_MAX_BYTES = 800_000;

export interface PushRequest {
  readonly client: ServiceClient;
  readonly chain: Chain;
  readonly signing: SigningKey;
  readonly sequence: SequenceId;
  readonly reading: Reading;
  readonly planned: readonly PlannedChange[];
  readonly nowSeconds: number;
  /** Remembers what was signed, on disk, before it is sent; null: it is settled. */
  readonly remember: (item: OutboxItem | null, written: WrittenRecord) => Promise<Result<void, Failure>>;
}

export interface Pushed {
  readonly reading: Reading;
  /**
   * What was not taken because another device was first: to be sealed afresh behind what it wrote, once that was read.
   */
  readonly left: readonly PlannedChange[];
  /** What was sent of `left`, and the head that the sequence passes through if it was taken all the same. */
  readonly sent: { readonly count: number; readonly head: Head };
}

/** Appends changes to a sequence, as far as nobody else is first. Errors: `mesh-…`, and of the disk. */
export async function push(request: PushRequest): Promise<Result<Pushed, Failure>> {
  const { client, chain, signing, sequence, planned, remember } = request;
  let { reading } = request;
  let done = 0;
  while (done < planned.length) {
    const made = await makeBatch({ ...request, reading, planned: planned.slice(done) });
    if (!made.ok) return made;
    const { entries, written, head } = made.value;
    const after: Head = reading.state.head;
    const remembered = await remember({ kind: 'entries', sequence, after, entries }, written);
    if (!remembered.ok) return remembered;
    const { account } = chain.profile;
    const sent = await client.appendEntries({ account, sequence, body: { expected: after, entries: [...entries] } });
    if (!sent.ok && !isProblem(sent.error, 'sequence-moved')) return err(meshFailure(sent.error));
    if (!sent.ok) return ok({ reading, left: planned.slice(done), sent: { count: entries.length, head } });
    const by = {
      profile: chain.profile,
      keys: chain.keys.get(sequence) ?? new Map(),
      own: { device: signing.id, ...written },
    };
    const read = await readRange(reading, by, entries);
    if (read.fault !== null) return err(failure('internal', undefined, `own entries: ${read.fault}`));
    ({ reading } = read);
    const settled = await remember(null, written);
    if (!settled.ok) return settled;
    done += entries.length;
  }
  return ok({ reading, left: [], sent: { count: 0, head: reading.state.head } });
}

interface Batch {
  readonly entries: readonly Uint8Array[];
  readonly written: WrittenRecord;
  /** Of the sequence with them. */
  readonly head: Head;
}

async function makeBatch(request: PushRequest): Promise<Result<Batch, Failure>> {
  const { chain, signing, sequence, reading, planned, nowSeconds } = request;
  const epoch = currentEpoch(chain.profile, sequence)?.epoch;
  const epochKey = epoch === undefined ? undefined : chain.keys.get(sequence)?.get(epoch);
  // A device that knows of an epoch never writes under an older one (R11): it waits for the key.
  if (epochKey === undefined || epochKey === null) {
    return err(failure('mesh-lied', undefined, 'the keys of the present epoch are held back'));
  }
  let place = placeToWrite(reading.state, signing.id);
  const entries: Uint8Array[] = [];
  let bytes = 0;
  for (const change of planned.slice(0, BATCH_MAX)) {
    const made = await makeEntry({
      profile: chain.profile,
      place,
      signer: signing,
      epochKey,
      planned: change,
      nowSeconds,
    });
    if (!made.ok) return err(failure('internal', undefined, `an entry: ${made.error}`));
    bytes += made.value.bytes.length;
    if (entries.length > 0 && bytes > BATCH_MAX_BYTES) break;
    entries.push(made.value.bytes);
    place = made.value.next;
  }
  return ok({ entries, written: { counter: place.counter, last: place.last }, head: place.head });
}
