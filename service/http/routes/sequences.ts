import { hasRoles, nextHead, type Head } from '@endymail/shared/identity/public';
import { WIRE_LIMITS } from '@endymail/shared/mesh-api';
import { ok } from '@endymail/shared/result';
import type { KeyId, SequenceId } from '@endymail/shared/sealing/public';
import { headFrom } from '../../accounts/profiles.ts';
import { isEntry } from '../../accounts/entries.ts';
import { refuse, refuseStored, type Answers, type Caller } from '../answers.ts';
import type { Ground } from '../ground.ts';

/** Sequences of entries that nobody here can read. */
export function sequenceAnswers({ store, limits }: Ground): Answers<'readEntries' | 'appendEntries'> {
  return {
    async readEntries({ account, sequence, from }, { caller }) {
      const no = refusal(caller, sequence);
      if (no !== null) return refuse(no);
      const range = await store.read(account, sequence, from, WIRE_LIMITS.rangeMaxBytes);
      return range.ok
        ? ok({ head: headFrom(range.value.head), entries: [...range.value.items] })
        : refuseStored(range.error);
    },

    async appendEntries({ account, sequence, body: { expected, entries } }, { caller }) {
      const no = refusal(caller, sequence);
      if (no !== null) return refuse(no);
      const { device } = caller;
      const keyOf = (id: KeyId): Uint8Array | null => (id === device.id ? device.publicKey : null);
      let head: Head = expected;
      const chained: { bytes: Uint8Array; hash: string }[] = [];
      for (const bytes of entries) {
        // One that does not continue the list, or is not signed, would end the reading of the sequence for everybody.
        if (!(await isEntry(bytes, { account, sequence, head, keyOf }))) return refuse('entry-refused');
        head = nextHead(head, bytes);
        chained.push({ bytes, hash: head.hash });
      }
      const appended = await caller.writes.append({
        account,
        sequence,
        expected,
        entries: chained,
        maxAccountBytes: limits.accountMaxBytes,
        maxAccountEntries: limits.accountMaxEntries,
      });
      return appended.ok ? ok(head) : refuseStored(appended.error, { conflict: 'sequence-moved' });
    },
  };
}

/** Why a device may not read and write a sequence; null: it may. */
function refusal({ device, profile }: Caller, id: SequenceId): 'sequence-unknown' | 'role-missing' | null {
  const sequence = profile.sequences.get(id);
  if (sequence === undefined) return 'sequence-unknown';
  return hasRoles(device.roles, sequence.roles) ? null : 'role-missing';
}
