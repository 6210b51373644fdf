import type { AnswerOf, CallName, InputOf, MeshApi, Problem, ProblemCode } from '@endymail/shared/mesh-api';
import type { Device, Profile } from '@endymail/shared/identity/public';
import { err, type Err, type Result } from '@endymail/shared/result';
import type { SignedWrites, StoreFault } from '../store/store.ts';

/** The device that signed a request, and the profile in which it is active; root stands as a device. */
export interface Caller {
  readonly device: Device;
  readonly profile: Profile;
  /** Through which it writes: once, and only while the profile is the newest. */
  readonly writes: SignedWrites;
}

type CallerOf<Signed> = Signed extends 'device' | 'member' ? Caller : Signed extends 'either' ? Caller | null : null;

/** What an answer can be made of, beside the input. */
export interface CallContext<Signed> {
  readonly caller: CallerOf<Signed>;
  /** The client's IP address. Only for counting. */
  readonly address: string;
  /** Where the client reached the service. */
  readonly origin: string;
}

/** The answering end of the contract. */
export type Handlers = {
  readonly [Name in CallName]: (
    input: InputOf<MeshApi[Name]>,
    context: CallContext<MeshApi[Name]['signed']>,
  ) => Promise<Result<AnswerOf<MeshApi[Name]>, Problem>>;
};

/** A group of calls. */
export type Answers<Name extends CallName> = Pick<Handlers, Name>;

/** Says no. */
export const refuse = (code: ProblemCode, more: Omit<Problem, 'code'> = {}): Err<Problem> => err({ code, ...more });

/** Says that something of this client comes too often. */
export const tooMany = (retryAfterSeconds: number): Err<Problem> => refuse('too-many', { retryAfterSeconds });

const STORE_PROBLEMS: Readonly<Record<StoreFault, ProblemCode>> = Object.freeze({
  'account-exists': 'account-exists',
  'name-taken': 'name-taken',
  'unknown-account': 'account-unknown',
  'unknown-sequence': 'sequence-unknown',
  'unknown-request': 'request-unknown',
  // Asked again until it is not (see asCaller).
  stale: 'unavailable',
  used: 'replayed',
  // Each call that can conflict says what with.
  conflict: 'internal',
  limit: 'account-full',
  full: 'service-full',
  failed: 'unavailable',
});

/** Says no with what the store said; `own` are the words of this call for it. */
export const refuseStored = (fault: StoreFault, own: Partial<Record<StoreFault, ProblemCode>> = {}): Err<Problem> =>
  refuse(own[fault] ?? STORE_PROBLEMS[fault]);
