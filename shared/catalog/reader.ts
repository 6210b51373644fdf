import * as v from 'valibot';
import type { Profile, Sequence } from '../identity/index.ts';
import { err, ok, type Result } from '../result/index.ts';
import { decodeCbor, hash32Of, openStatement, type SealingFault } from '../sealing/index.ts';
import { agreement, isAsStated } from './agreement.ts';
import { entryContext } from './contexts.ts';
import { epochAt, openContent, type SequenceKeys, type Opened } from './opening.ts';
import type { Outcome, SequenceFault } from './outcome.ts';
import { BytesSchema, CountSchema, HashSchema } from './schemas.ts';
import { behind, withWriter, type SequenceState, type Writer } from './sequence-state.ts';
import type { Placed, Verdict } from './verdict.ts';
import { judgeContent, judgeWriter, type OwnRecord } from './voiding.ts';

/** By what a sequence is read. */
export interface ReadBy {
  readonly profile: Profile;
  readonly keys: SequenceKeys;
  /** Of the device that reads; `null` where it has no part in the sequence. */
  readonly own: OwnRecord | null;
}

/** An entry that was read, and the state behind it. */
export interface EntryRead {
  readonly state: SequenceState;
  readonly outcome: Outcome;
}

const PayloadSchema = v.strictTuple([CountSchema, HashSchema, BytesSchema]);

/**
 * Reads the next entry of a sequence (docs/protocol.md §6): verifies it, tells what it comes to, and moves the state
 * behind it. On a fault the state stays; what to do then stands at each.
 */
export async function readEntry(
  state: SequenceState,
  by: ReadBy,
  bytes: Uint8Array,
): Promise<Result<EntryRead, SequenceFault>> {
  const sequence = by.profile.sequences.get(state.sequence);
  if (by.profile.account !== state.account || sequence === undefined)
    throw new TypeError('A profile of another account');
  const disagreement = agreement(state, by.profile);
  if (disagreement !== null) return err(disagreement);
  const placed = await place(state, by.profile, bytes);
  if (!placed.ok) return placed;
  const moved = { ...behind(state, bytes), chain: by.profile.head.count };
  if (!isAsStated(moved, by.profile)) return err('broken-chain');
  const judged = await judge(state, placed.value, by, sequence);
  const { signer, index, hash } = placed.value;
  if (judged.ok) {
    const { writer, opened } = judged.value;
    const { change, counter, chain, time } = opened.content;
    const outcome: Outcome = { kind: 'applied', signer, index, hash, size: opened.size, counter, chain, time, change };
    return ok({ state: withWriter(moved, signer, writer), outcome });
  }
  if (judged.error.kind === 'stop') return err(judged.error.fault);
  return ok({ state: moved, outcome: { ...judged.error, signer, index, hash } });
}

/** Verifies who signed an entry, and that it follows what was read. */
async function place(
  { account, sequence, head }: SequenceState,
  { devices }: Profile,
  bytes: Uint8Array,
): Promise<Result<Placed, SequenceFault>> {
  const opened = await openStatement(bytes, {
    type: 'entry',
    context: entryContext(account, sequence),
    // A removed device's too: what it wrote before it was removed holds.
    keyOf: (id) => devices.get(id)?.publicKey ?? null,
  });
  if (!opened.ok) return err(faultOf(opened.error));
  const payload = v.safeParse(PayloadSchema, decodeCbor(opened.value.payload));
  if (!payload.success) return err('broken-chain');
  const [index, previous, sealed] = payload.output;
  if (index !== head.count || previous !== head.hash) return err('broken-chain');
  return ok({ signer: opened.value.signer, index, hash: hash32Of(bytes), sealed });
}

function faultOf(error: SealingFault): SequenceFault {
  if (error === 'newer') return 'newer';
  return error === 'unknown-signer' ? 'needs-chain' : 'bad-signature';
}

/** What speaks against an entry, in this order: what can be told without its content must not depend on it. */
async function judge(
  state: SequenceState,
  placed: Placed,
  by: ReadBy,
  sequence: Sequence,
): Promise<Verdict<{ readonly writer: Writer; readonly opened: Opened }>> {
  const allowed = judgeWriter(placed, by.profile, sequence);
  if (!allowed.ok) return allowed;
  const epoch = epochAt(placed, sequence);
  if (!epoch.ok) return epoch;
  const opened = await openContent(state, placed, { epoch: epoch.value, sequence, keys: by.keys });
  if (!opened.ok) return opened;
  const writer = judgeContent(state, placed, opened.value, by);
  return writer.ok ? ok({ writer: writer.value, opened: opened.value }) : writer;
}
