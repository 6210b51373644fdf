import type { Redacted } from '@endymail/shared/result';
import type { PinView } from '@endymail/shared/account';
import type { OwnRecord, SequenceKeys } from '@endymail/shared/catalog';
import type { Head, Owner } from '@endymail/shared/identity';
import type { AccountId, Hash32, KeyId, SequenceId } from '@endymail/shared/sealing';
import type { TaskRecord } from './tasks.ts';
import type { Withheld } from './withheld.ts';

/** What this computer remembers of the account that it belongs to. A part of the sealed state. */
export interface AccountRecord {
  readonly id: AccountId;
  readonly name: AccountName;
  readonly service: ServiceRecord;
  readonly device: OwnDevice;
  /** How far the profile chain was verified. A service that shows less, or another one, is refused. */
  readonly chainHead: Head;
  /** How far each sequence is in the state. What lies beyond was read by nobody here, or is to be read again. */
  readonly syncedHeads: ReadonlyMap<SequenceId, Head>;
  /** What this device signed last in each sequence, sent or not: who signs after it is a copy. */
  readonly written: ReadonlyMap<SequenceId, WrittenRecord>;
  /** What of the catalogs is not in the state although nobody deleted it. */
  readonly withheld: Withheld;
  readonly epochKeys: ReadonlyMap<SequenceId, SequenceKeys>;
  /** The X-Wing key of every device, and of recovery, by the owner's name in bundles. */
  readonly kemKeys: ReadonlyMap<Owner, Uint8Array>;
  readonly recovery: RecoveryRecord;
  /** What was signed and not acknowledged, in the order in which it is sent. */
  readonly outbox: readonly OutboxItem[];
  /** What this device has answered to those who ask to join, as shared/connect writes it down; null: nothing yet. */
  readonly approvals: Redacted<Uint8Array> | null;
  /** When this device last had everything. */
  readonly lastSyncAt: Date | null;
  readonly standing: Standing;
  /** From when on this computer counts the wait of each act that waits: seconds since 1970, by the act's index. */
  readonly actsFrom: ReadonlyMap<number, number>;
  readonly tasks: readonly TaskRecord[];
  /** When each device last wrote anything, by its own clock: seconds since 1970. */
  readonly lastSeen: ReadonlyMap<KeyId, number>;
}

/** As the person wrote it: `local@host`. */
export interface AccountName {
  readonly local: string;
  /** Host, and port where one was written. */
  readonly host: string;
}

/** Where an account is kept. */
export interface ServiceRecord {
  /** `here`: Endymail on this computer is itself the service. */
  readonly kind: 'service' | 'here';
  /** Where its interface is, without a slash at the end. */
  readonly url: string;
  /** 16 bytes that the service chose when it first started. */
  readonly id: Uint8Array;
  /** What it proves itself with where its certificate is its own; null: a public one, or loopback. */
  readonly pin: PinRecord | null;
}

export interface PinRecord {
  /** SHA-256 of the certificate's SubjectPublicKeyInfo. */
  readonly key: Hash32;
  readonly how: PinView['how'];
}

/** The keys of this device. They never leave it, also not in a backup. */
export interface OwnDevice {
  /** 32 bytes, Ed25519. */
  readonly signingSeed: Redacted<Uint8Array>;
  /** 32 bytes, X-Wing. */
  readonly kemSeed: Redacted<Uint8Array>;
  /** The one that takes its place with the link in the outbox; null: none does. */
  readonly nextKemSeed: Redacted<Uint8Array> | null;
  readonly name: string;
  /** Bits, as the profile chain has them. */
  readonly roles: number;
}

/** The last entry of this device in one sequence. */
export type WrittenRecord = Omit<OwnRecord, 'device'>;

/** The secret that everything of the account can be made from again. */
export interface RecoveryRecord {
  /** Null once it was confirmed that the person has it, and on devices that never had it. */
  readonly secret: Redacted<Uint8Array> | null;
  readonly confirmedAt: Date | null;
}

/** Signed bytes, and the head that they follow. The same bytes are sent until that place is decided. */
export type OutboxItem =
  | { readonly kind: 'link'; readonly after: Head; readonly link: Uint8Array; readonly bundle: Uint8Array | null }
  | {
      readonly kind: 'entries';
      readonly sequence: SequenceId;
      readonly after: Head;
      readonly entries: readonly Uint8Array[];
    };

/**
 * `removed` by another device; `copied`: this data is in use on another computer too. Nothing is sent then.
 * `recovering`: the words bring the account back here, and are needed to go on.
 */
export type Standing = 'member' | 'removed' | 'copied' | 'recovering';

/** A request to join that this computer has made. There is no account as long as it waits. */
export interface JoiningRecord {
  readonly name: AccountName;
  readonly service: ServiceRecord;
  /** What this device is to be called in the account. */
  readonly deviceName: string;
  /** How it stands, as shared/connect writes it down: with the digits, and the keys of this device. */
  readonly steps: Redacted<Uint8Array>;
}
