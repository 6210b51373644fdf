import { ok, type Result } from '@endymail/shared/result';
import type { NonceUse, SignedWrites, Store, StoreFault } from '../store/store.ts';

/** Whether the number of a request could be used up, by what it wrote or by itself. */
export interface RequestNumber {
  readonly writes: SignedWrites;
  readonly used: () => Promise<Result<void, StoreFault>>;
}

/** `use`: the number as the store takes it. */
export function numberOf(store: Store, use: NonceUse): RequestNumber {
  let written: Promise<Result<unknown, StoreFault>> | null = null;
  let alone: Promise<Result<void, StoreFault>> | null = null;
  const noted = <Done extends Promise<Result<unknown, StoreFault>>>(done: Done): Done => {
    written ??= done;
    return done;
  };
  const writes = store.signed(use);
  return {
    writes: {
      appendLink: (append) => noted(writes.appendLink(append)),
      append: (append) => noted(writes.append(append)),
      putStep: (step) => noted(writes.putStep(step)),
      deleteAccount: (account) => noted(writes.deleteAccount(account)),
    },
    async used() {
      if (written === null) return (alone ??= store.useNonce(use));
      const done = await written;
      // What else the store said no with, the answer says.
      return done.ok || (done.error !== 'stale' && done.error !== 'used') ? ok() : done;
    },
  };
}
