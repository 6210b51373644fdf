import type { Failure } from '../result/index.ts';
import type { ActView, TaskView } from './acts.ts';

/** What a person sees of their account and its devices. Plain data: it crosses to a window or a script unchanged. */

export interface AccountView {
  /** As a person writes it: `alice@mesh.example.org`. */
  readonly name: string;
  /** 28 letters in groups of four: what the account is called for ever, wherever it is kept. */
  readonly fingerprint: string;
  /** Where it is kept: the address of a mesh service, or on this computer itself. */
  readonly service: { readonly kind: 'service' | 'here'; readonly address: string };
  /** What the service proves itself with where nobody vouches for its certificate; null: this computer trusts that one. */
  readonly pin: PinView | null;
  /**
   * Where it is kept on this computer: the names under which the person's other devices reach it now, none where they may
   * not. Null: it is kept elsewhere.
   */
  readonly here: { readonly names: readonly string[] } | null;
  readonly device: DeviceView;
  /** `member`; `removed` by another device; `copied`: this data is in use on another computer too. */
  readonly standing: 'member' | 'removed' | 'copied';
  /** The recovery words: still to be written down, or confirmed. `elsewhere`: the first device has them. */
  readonly words: 'to-be-written-down' | 'confirmed' | 'elsewhere';
  readonly sync: SyncView;
  /** What was announced and waits, as far as this computer knows. */
  readonly acts: readonly ActView[];
  /** What removals left to do, as long as it was not said to be done. */
  readonly tasks: readonly TaskView[];
}

/** The key of a service's certificate that nobody else vouches for, and why it is believed. */
export interface PinView {
  /** SHA-256 of the SubjectPublicKeyInfo: 64 hexadecimal letters in groups of four. */
  readonly fingerprint: string;
  /**
   * `first-use`: it was there when this computer first came, and nobody has compared it · `invitation`: the invitation
   * named it · `exchange`: another device of the account sees the same · `own`: it is this computer's.
   */
  readonly how: 'first-use' | 'invitation' | 'exchange' | 'own';
}

/** The certificate that the account's service shows now, beside the one that it was known by. */
export interface CertificateView {
  /** Null: one that this computer trusts. */
  readonly known: string | null;
  /** Null: one that this computer trusts. */
  readonly shown: string | null;
}

export interface SyncView {
  /** When this computer last had everything, ISO 8601; null: never. */
  readonly asOf: string | null;
  /** Changes of this computer that are not on their way to the other devices yet. */
  readonly unsent: number;
  /** Why the last try did not get through; null: it did. */
  readonly problem: Failure | null;
  /**
   * When another device that may approve devices last confirmed what is seen of the account here, ISO 8601; null: there is
   * no other one, or nothing was read yet.
   */
  readonly confirmedAt: string | null;
  /** What was skipped because it does not open or has no right to be there, by the device that wrote it. */
  readonly ignored: readonly { readonly deviceId: string; readonly count: number }[];
}

export interface DeviceView {
  /** 64 hexadecimal letters. */
  readonly id: string;
  readonly name: string;
  /** What it says it runs on: "linux", "darwin", "win32". */
  readonly platform: string;
  readonly addedAt: string | null;
  readonly isThis: boolean;
  readonly mayApprove: boolean;
  /** `suspended`: it gets nothing new until it is resumed. */
  readonly state: 'active' | 'suspended' | 'removed';
  /** When it last wrote anything that this computer knows of, by its own clock, ISO 8601; null: not known. */
  readonly lastSeenAt: string | null;
  /** It joined by an invitation: nobody compared digits with it. */
  readonly byInvitation: boolean;
}

/** A device that asks to join, as an admin device sees it: what it calls itself is known only once it is approved. */
export interface PendingDevice {
  /** 64 hexadecimal letters. */
  readonly id: string;
  /** Of its key, 28 letters in groups of four, for Details. */
  readonly fingerprint: string;
  readonly askedAt: string;
  readonly expiresAt: string;
}

/** How joining stands, on the device that wants to. */
export type JoinView =
  | {
      readonly kind: 'waiting';
      readonly name: string;
      readonly fingerprint: string;
      /** The six digits to type on the other device; null with an invitation. */
      readonly digits: string | null;
      readonly expiresAt: string;
      readonly pin: PinView | null;
    }
  | { readonly kind: 'confirming'; readonly name: string }
  | { readonly kind: 'joined'; readonly account: AccountView }
  | { readonly kind: 'ended'; readonly name: string; readonly why: Failure };

/** How an approval ended, on the device that gave it. */
export interface ApprovedDevice {
  readonly device: DeviceView;
}

/** What removing a device came to. */
export interface RemovedDevice {
  readonly device: DeviceView;
  /** Mailboxes that got new keys because the device knew the old ones. */
  readonly renewed: readonly string[];
  /** What is left for the person to do, a sentence each. */
  readonly tasks: readonly string[];
}
