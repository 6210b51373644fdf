import type { Result } from '@endymail/shared/result';

/**
 * What the service keeps. It knows accounts, sequences and bytes; what the bytes say, it never looks at. Ids and hashes
 * are lower-case hexadecimal: accounts 64 bytes, sequences 16, hashes and requests 32.
 *
 * Every method resolves once what it did is on disk. Methods never throw for what can happen. What is no id at all is
 * `failed`: who asks has parsed it.
 */
export interface Store {
  /** Errors: `account-exists`, `name-taken` (names and accounts are never given again), `full`, `failed`. */
  createAccount(account: NewAccount): Promise<Result<void, StoreFault>>;

  /** The account of this name; null: none, or it was deleted. */
  accountOf(name: string): Promise<Result<string | null, StoreFault>>;

  /** Errors: `unknown-account`. */
  statusOf(account: string): Promise<Result<AccountStatus, StoreFault>>;

  /** Appends to the profile chain, with its bundle as one. Errors: `conflict`, `unknown-account`, `limit`, `full`, `failed`. */
  appendLink(append: LinkAppend): Promise<Result<StoredHead, StoreFault>>;

  /** Links from an index on, as many as fit in `maxBytes`, but one at least. Errors: `unknown-account`. */
  readLinks(account: string, from: number, maxBytes: number): Promise<Result<Range, StoreFault>>;

  /** The bundles of links from an index on, likewise. Errors: `unknown-account`. */
  readBundles(account: string, from: number, maxBytes: number): Promise<Result<readonly StoredBundle[], StoreFault>>;

  /**
   * Appends entries where count and hash are the expected ones.
   * Errors: `conflict`, `unknown-account`, `unknown-sequence`, `limit`, `full`, `failed`.
   */
  append(append: EntryAppend): Promise<Result<StoredHead, StoreFault>>;

  /** Entries from an index on, as many as fit in `maxBytes`, but one at least. Errors: `unknown-sequence`. */
  read(account: string, sequence: string, from: number, maxBytes: number): Promise<Result<Range, StoreFault>>;

  /** The heads of all sequences. Errors: `unknown-account`. */
  heads(account: string): Promise<Result<ReadonlyMap<string, StoredHead>, StoreFault>>;

  /** Keeps a request to join; the same again is fine. Errors: `unknown-account`, `limit` (`maxPending`), `full`, `failed`. */
  putRequest(request: NewRequest): Promise<Result<void, StoreFault>>;

  /** Those that have not expired, oldest first. Errors: `unknown-account`. */
  requests(account: string, nowSeconds: number): Promise<Result<readonly StoredRequest[], StoreFault>>;

  /** Null: there is none, or it has expired. */
  requestOf(account: string, request: string, nowSeconds: number): Promise<Result<StoredRequest | null, StoreFault>>;

  /** The first bytes of a step stay; the same again are fine. Errors: `conflict`, `unknown-request`, `full`, `failed`. */
  putStep(step: NewStep): Promise<Result<void, StoreFault>>;

  /** Remembers the number of a signed request. Errors: `unknown-account`, `stale`, `used`, `full`, `failed`. */
  useNonce(use: NonceUse): Promise<Result<void, StoreFault>>;

  /**
   * Writes for a signed request: each uses its number up in the same transaction, also where the rest is refused. Errors
   * are those of `useNonce` too, with nothing written.
   */
  signed(use: NonceUse): SignedWrites;

  /**
   * Deletes everything of an account, overwritten where it was, but that its id and name are used up.
   * Errors: `unknown-account`, `full`, `failed`.
   */
  deleteAccount(account: string): Promise<Result<void, StoreFault>>;

  /** What all accounts together have. */
  totals(): Promise<Result<Totals, StoreFault>>;

  /** How many calls wait for their answer. */
  waiting(): number;

  /** Tells of every change after it is on disk, until the function that is returned is called. */
  watch(listener: (change: StoreChange) => void): () => void;

  /** Resolves when what was accepted is on disk and answered, and the database is closed. */
  close(): Promise<void>;
}

/** What a signed request can change. */
export type SignedWrites = Pick<Store, 'appendLink' | 'append' | 'putStep' | 'deleteAccount'>;

/**
 * `stale`: the profile chain has another head, and the number is not used up · `used`: the number was ·
 * `conflict`: somebody was first · `limit`: more than the account may have, or a sequence can (2^24) · `full`: the disk,
 * nothing of it is there, and it goes on when there is room · `failed`: the database says no, for a reason that is no
 * caller's.
 */
export type StoreFault =
  | 'account-exists'
  | 'name-taken'
  | 'unknown-account'
  | 'unknown-sequence'
  | 'unknown-request'
  | 'stale'
  | 'used'
  | 'conflict'
  | 'limit'
  | 'full'
  | 'failed';

export interface StoredHead {
  readonly count: number;
  readonly hash: string;
}

/** The number of a signed request, which is taken once. */
export interface NonceUse {
  readonly account: string;
  /** The head of the profile chain by which the request was found to be signed. */
  readonly chain: StoredHead;
  readonly nonce: string;
  /** Until then it is remembered. */
  readonly untilSeconds: number;
  readonly nowSeconds: number;
}

export interface NewAccount {
  readonly account: string;
  readonly name: string | null;
  readonly link: Uint8Array;
  /** The chain's head with the link in it. */
  readonly linkHash: string;
  readonly bundle: Uint8Array;
  /** Its sequences, with their heads while nothing is in them. */
  readonly sequences: ReadonlyMap<string, string>;
  readonly nowSeconds: number;
}

export interface AccountStatus {
  readonly name: string | null;
  readonly chain: StoredHead;
  /** Of links, bundles and entries together. */
  readonly bytes: number;
  readonly entries: number;
}

export interface Totals {
  /** Without those that were deleted. */
  readonly accounts: number;
  /** Of links, bundles and entries together. */
  readonly bytes: number;
  readonly entries: number;
}

export interface LinkAppend {
  readonly account: string;
  readonly expected: StoredHead;
  readonly link: Uint8Array;
  readonly linkHash: string;
  readonly bundle: Uint8Array | null;
  readonly maxAccountBytes: number;
}

export interface EntryAppend {
  readonly account: string;
  readonly sequence: string;
  readonly expected: StoredHead;
  /** Each with the sequence's head with it in. */
  readonly entries: readonly { readonly bytes: Uint8Array; readonly hash: string }[];
  readonly maxAccountBytes: number;
  readonly maxAccountEntries: number;
}

export interface Range {
  /** Of everything there is, not of what was read. */
  readonly head: StoredHead;
  readonly items: readonly Uint8Array[];
}

export interface StoredBundle {
  readonly index: number;
  readonly bytes: Uint8Array;
}

export interface NewRequest {
  readonly account: string;
  readonly request: string;
  readonly bytes: Uint8Array;
  readonly nowSeconds: number;
  readonly expiresAtSeconds: number;
  readonly maxPending: number;
}

export type RequestStep = 'offer' | 'confirm' | 'answer' | 'reject';

export interface StoredRequest {
  readonly request: string;
  readonly bytes: Uint8Array;
  readonly steps: ReadonlyMap<RequestStep, Uint8Array>;
}

export interface NewStep {
  readonly account: string;
  readonly request: string;
  readonly step: RequestStep;
  readonly bytes: Uint8Array;
  readonly nowSeconds: number;
  /** The request does not expire before, as it may go on with this step for longer than it waited to begin. */
  readonly keepUntilSeconds: number;
}

export interface StoreChange {
  readonly account: string;
  readonly kind: 'chain' | 'sequence' | 'requests' | 'deleted';
  /** Of a sequence. */
  readonly sequence: string | null;
  readonly count: number;
}
