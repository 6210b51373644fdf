import type { MailAddress, ProfileId } from '@endymail/shared/mail';
import type { AccountRecord, JoiningRecord } from '../account/account-record.ts';
import type { HeldAuthority, KeyAlgorithm, KeyAndCertificate } from '../certificates/key-and-certificate.ts';

/**
 * Everything the agent remembers, sealed on disk as one file under the home's wrapping key and replaced as a whole.
 * What was written into the mail clients is not here but in their journals.
 */
export interface AgentState {
  /** The device's own CA that vouches for correspondents here and nowhere else; null until the first one is added. */
  readonly anchor: KeyAndCertificate | null;
  readonly mailboxes: readonly MailboxRecord[];
  readonly people: readonly PersonRecord[];
  readonly profiles: readonly ProfileRecord[];
  /** Resolved folders that the person pointed at, where profiles are as well. */
  readonly folders: readonly string[];
  readonly settings: Settings;
  /** The account whose devices share this; null: this computer belongs to none. */
  readonly account: AccountRecord | null;
  /** A request to join one that waits. */
  readonly joining: JoiningRecord | null;
}

export interface MailboxRecord {
  readonly address: MailAddress;
  /** The person wants it protected. False after an undo: the keys stay for old mail. */
  readonly enabled: boolean;
  readonly algorithm: KeyAlgorithm;
  /** The mailbox's own CA. Where its private key is not here, another device of the account renews. */
  readonly authority: HeldAuthority;
  readonly current: KeyAndCertificate;
  /** Renewed certificates and their keys, for reading old mail; newest first. */
  readonly former: readonly KeyAndCertificate[];
  /** The person said that an own S/MIME or OpenPGP set-up may be replaced. */
  readonly replaceOwn: boolean;
}

export interface PersonRecord {
  readonly address: MailAddress;
  /** The correspondent's mailbox CA, DER. Never trusted itself: it is cross-certified by the anchor. */
  readonly authority: Uint8Array;
  readonly certificate: Uint8Array;
  readonly crossCertificate: Uint8Array;
  readonly addedAt: Date;
}

/** What the person decided about one profile of a mail client. */
export interface ProfileRecord {
  readonly id: ProfileId;
  readonly path: string;
  /** `accepted`: the profile-wide switch may overrule other identities. `by-hand`: it is not set at all. */
  readonly automatic: 'accepted' | 'by-hand';
}

export interface Settings {
  /** Turn encryption off again when somebody is added whose key is missing (mail stays as easy as mail). */
  readonly autoDisable: boolean;
}

export const EMPTY_STATE: AgentState = Object.freeze({
  anchor: null,
  mailboxes: Object.freeze([]),
  people: Object.freeze([]),
  profiles: Object.freeze([]),
  folders: Object.freeze([]),
  settings: Object.freeze({ autoDisable: true }),
  account: null,
  joining: null,
});
