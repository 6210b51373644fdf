import type { MailAddress } from '../mail/index.ts';
import type { Redacted } from '../result/index.ts';
import type { Head } from '../identity/index.ts';
import type { Hash32, KeyId, SequenceId } from '../sealing/index.ts';

/** A device as its owner named it. Catalog `devices`. */
export interface DeviceItem {
  readonly kind: 'device';
  readonly device: KeyId;
  readonly name: string;
  readonly platform: string;
  /** Seconds since 1970. */
  readonly added: number;
}

/**
 * What a device that may approve others says from time to time: that it was there, and how far it had seen the account. It
 * counts only as that device wrote it itself. Catalog `devices`.
 */
export interface ConfirmationItem {
  readonly kind: 'confirmation';
  readonly device: KeyId;
  /** Seconds since 1970. */
  readonly time: number;
  /** Of the profile chain. */
  readonly chain: Head;
  /** Of every sequence that it reads. */
  readonly heads: readonly { readonly sequence: SequenceId; readonly head: Head }[];
}

/** A mailbox and which of its keys is in use. Catalog `mailboxes`. */
export interface MailboxItem {
  readonly kind: 'mailbox';
  readonly address: MailAddress;
  /** What the person chose. */
  readonly enabled: boolean;
  readonly algorithm: MailboxAlgorithm;
  /** The mailbox's CA certificate as DER. */
  readonly authority: Uint8Array;
  /** The SHA-256 of the certificate in use, whose key is a `key` item. */
  readonly certificate: Hash32;
  /** When that certificate was issued: seconds since 1970. */
  readonly issued: number;
}

/** Of what kind a mailbox's keys are. */
export type MailboxAlgorithm = 'ec-p256' | 'rsa-3072';

/** A certificate of a mailbox with its private key: written once and kept for ever. Catalog `mailboxes`. */
export interface KeyItem {
  readonly kind: 'key';
  readonly address: MailAddress;
  /** DER. */
  readonly certificate: Uint8Array;
  readonly pkcs8: Redacted<Uint8Array>;
}

/** The CA of a mailbox with its private key. Catalog `authorities`. */
export interface AuthorityItem {
  readonly kind: 'authority';
  readonly address: MailAddress;
  /** DER. */
  readonly certificate: Uint8Array;
  readonly pkcs8: Redacted<Uint8Array>;
}

/** A correspondent and the certificate that is used for them. Catalog `people`. */
export interface PersonItem {
  readonly kind: 'person';
  readonly address: MailAddress;
  /** Their mailbox's CA certificate as DER. */
  readonly authority: Uint8Array;
  /** DER. */
  readonly certificate: Uint8Array;
  /** Seconds since 1970. */
  readonly added: number;
}

/** What holds for the whole account. Catalog `settings`, which has this one item. */
export interface SettingsItem {
  readonly kind: 'settings';
  /** Whether encryption is turned off for a mail when somebody's key is missing. */
  readonly autoDisable: boolean;
}

/** What a catalog holds. */
export type Item = DeviceItem | ConfirmationItem | MailboxItem | KeyItem | AuthorityItem | PersonItem | SettingsItem;
