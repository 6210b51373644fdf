import type { Failure } from '../result/index.ts';
import type { MailAddress } from './address.ts';

/** Names one profile of one client on this computer: the first 16 hex digits of SHA-256 over its resolved path. */
export type ProfileId = string & { readonly __profileId: true };

/** How the client got onto this computer; decides where its profiles are and what it may read. */
export type Packaging = 'native' | 'flatpak' | 'snap' | 'store';

/** A pref's value as Thunderbird stores it. `null` stands for "not set" (the program's default holds). */
export type PrefValue = string | number | boolean | null;

/** Everything found on this computer, and what could not be read. */
export interface Discovery {
  readonly profiles: readonly ClientProfile[];
  /** What stood in the way, e.g. a damaged `profiles.ini`. Discovery goes on without it. */
  readonly problems: readonly Failure[];
}

/** One Thunderbird profile. */
export interface ClientProfile {
  readonly id: ProfileId;
  readonly product: 'Thunderbird' | 'Betterbird';
  readonly packaging: Packaging;
  /** The resolved folder. */
  readonly path: string;
  /** The name in `profiles.ini`. */
  readonly name: string;
  /** An installation starts with this profile (`[Install…] Default=`, or `Default=1` where there is none). */
  readonly inUse: boolean;
  /** E.g. "153.7.0", from `compatibility.ini`; null when never started. */
  readonly version: string | null;
  /** The program that last used the profile, if it is still there. */
  readonly program: string | null;
  readonly running: boolean;
  /** Null when the profile has no key database yet. */
  readonly primaryPassword: boolean | null;
  /** The profile-wide switches as they are now (prefs.js, overruled by user.js and locked prefs). */
  readonly autoEnable: boolean;
  readonly autoDisable: boolean;
  /** Names of prefs that Endymail may need and that `user.js` or an administrator fixes. */
  readonly overruled: readonly OverruledPref[];
  readonly identities: readonly ClientIdentity[];
  /** What was found wrong with this profile; it is listed all the same. */
  readonly problems: readonly Failure[];
}

/**
 * The profile-wide switches by the names that they have in plans and in `overruled`: encrypt where everybody's certificate
 * is known, and stop again where somebody is added whose certificate is not.
 */
export const AUTO_ENABLE_PREF = 'mail.e2ee.auto_enable';
export const AUTO_DISABLE_PREF = 'mail.e2ee.auto_disable';

export interface OverruledPref {
  readonly name: string;
  readonly value: PrefValue;
  readonly by: 'user.js' | 'policy' | 'autoconfig';
}

/** One sending identity of one account. */
export interface ClientIdentity {
  /** Thunderbird's own name of it: "id1". */
  readonly id: string;
  readonly address: MailAddress;
  /** The person's name as it stands in From. May be empty. */
  readonly name: string;
  readonly account: ClientAccount;
  /** The first identity of its account. */
  readonly isDefault: boolean;
  /** What S/MIME certificate the identity uses now: base64 dbKeys, null where not set. */
  readonly signingKey: string | null;
  readonly encryptionKey: string | null;
  /** 16 or 40 hex digits, null where OpenPGP is not set up. */
  readonly openPgpKey: string | null;
  /** 0 never by itself, 1 if possible, 2 require. */
  readonly encryptionPolicy: number;
  readonly signMail: boolean;
}

export interface ClientAccount {
  /** "account1" */
  readonly id: string;
  readonly name: string;
  /** imap, pop3, ews, … */
  readonly serverType: string;
  readonly serverHost: string;
  readonly userName: string;
}
