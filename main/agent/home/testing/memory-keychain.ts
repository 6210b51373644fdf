import { Redacted, err, failure, ok, type Failure, type FailureCode, type Result } from '@endymail/shared/result';
import type { Keychain, KeychainKind } from '../../keychain/index.ts';

/** A keychain for tests of what stands on one. */
export interface MemoryKeychain extends Keychain {
  /** What it holds, by home id. */
  readonly entries: Map<string, Uint8Array>;
  /** What was asked of it, in order. */
  readonly calls: string[];
  /** Lets every call of this kind fail from now on; null: work again. */
  failing(operation: 'read' | 'write' | 'delete', code: FailureCode | null): void;
}

export function createMemoryKeychain(kind: KeychainKind = 'os'): MemoryKeychain {
  const entries = new Map<string, Uint8Array>();
  const calls: string[] = [];
  const failures = new Map<string, FailureCode>();

  const call = <T>(operation: string, work: () => T): Promise<Result<T, Failure>> => {
    calls.push(operation);
    const code = failures.get(operation);
    return Promise.resolve(code === undefined ? ok(work()) : err(failure(code)));
  };
  const done = async (result: Promise<Result<unknown, Failure>>): Promise<Result<void, Failure>> => {
    const answer = await result;
    return answer.ok ? ok() : answer;
  };

  return {
    kind,
    entries,
    calls,
    read: (homeId) =>
      call('read', () => {
        const key = entries.get(homeId);
        return key === undefined ? null : new Redacted(key);
      }),
    write: (homeId, key) => done(call('write', () => entries.set(homeId, key.reveal()))),
    delete: (homeId) => done(call('delete', () => entries.delete(homeId))),
    failing(operation, code) {
      if (code === null) failures.delete(operation);
      else failures.set(operation, code);
    },
  };
}
