import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import {
  NO_ENTRY,
  hasAllStated,
  readRange,
  startReading,
  type Outcome,
  type Reading,
  type SequenceFault,
} from '@endymail/shared/catalog';
import type { Head } from '@endymail/shared/identity';
import type { KeyId, SequenceId } from '@endymail/shared/sealing';
import { meshFailure, type ServiceClient } from '../mesh/index.ts';
import type { WrittenRecord } from './account-record.ts';
import type { Chain } from './follow-chain.ts';

/** A sequence as far as the service has it, and what on the way had no effect. */
export interface Pulled {
  readonly reading: Reading;
  readonly ignored: readonly Exclude<Outcome, { kind: 'applied' }>[];
  /** When each device wrote last of what was read, by its own clock: seconds since 1970. */
  readonly seen: ReadonlyMap<KeyId, number>;
}

/** `needs-chain`: an entry knows more of the account than this device; `copied-device`: see there. */
export type PullStop = Extract<SequenceFault, 'needs-chain' | 'copied-device'>;

export interface PullRequest {
  readonly chain: Chain;
  readonly device: KeyId;
  readonly sequence: SequenceId;
  readonly known: Reading | null;
  readonly written: WrittenRecord | null;
  /** Where to stop; null: at the end. */
  readonly until: Head | null;
}

/** Reads a sequence from where it is known to its end. Errors: `mesh-…`, `account-newer`. */
export async function pull(
  client: ServiceClient,
  request: PullRequest,
): Promise<Result<Pulled | { readonly stop: PullStop }, Failure>> {
  const { chain, device, sequence, written, until } = request;
  const { account } = chain.profile;
  const own = { device, ...(written ?? NOTHING) };
  const by = { profile: chain.profile, keys: chain.keys.get(sequence) ?? new Map(), own };
  const first = startReading(chain.profile, sequence);
  if (first === null) throw new TypeError('No such sequence');
  let reading = request.known ?? first;
  let isAgain = false;
  const ignored: Exclude<Outcome, { kind: 'applied' }>[] = [];
  const seen = new Map<KeyId, number>();
  for (;;) {
    const { count, hash } = reading.state.head;
    const range = await client.readEntries({ account, sequence, from: count });
    if (!range.ok) return err(meshFailure(range.error));
    const { head, entries } = range.value;
    if (head.count < count || (head.count === count && head.hash !== hash))
      return err(lied('an older or another state'));
    const wanted = until === null ? entries : entries.slice(0, Math.max(0, until.count - count));
    const read = await readRange(reading, by, wanted);
    ({ reading } = read);
    for (const outcome of read.outcomes) {
      if (outcome.kind === 'applied') seen.set(outcome.signer, Math.max(outcome.time, seen.get(outcome.signer) ?? 0));
      else ignored.push(outcome);
    }
    if (read.fault === 'needs-chain' || read.fault === 'copied-device') return ok({ stop: read.fault });
    if (read.fault === 'read-again' && !isAgain) {
      isAgain = true;
      reading = first;
      ignored.length = 0;
      continue;
    }
    if (read.fault !== null) return err(faultFailure(read.fault));
    const at = reading.state.head;
    const end = until ?? head;
    if (at.count < end.count && wanted.length > 0) continue;
    if (at.count !== end.count || at.hash !== end.hash) return err(lied('entries that do not lead to their head'));
    return until !== null || hasAllStated(reading.state, chain.profile)
      ? ok({ reading, ignored, seen })
      : err(lied('entries that the account has are held back'));
  }
}

const NOTHING: WrittenRecord = Object.freeze({ counter: 0, last: NO_ENTRY });

function faultFailure(fault: Exclude<SequenceFault, PullStop>): Failure {
  switch (fault) {
    case 'newer':
      return failure('account-newer');
    case 'needs-key':
      return lied('the keys of a change are held back');
    case 'broken-chain':
    case 'bad-signature':
    case 'read-again':
      return lied(fault);
  }
}

const lied = (detail: string): Failure => failure('mesh-lied', undefined, detail);
