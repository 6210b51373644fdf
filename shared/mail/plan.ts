import type { Failure } from '../result/index.ts';
import type { MailAddress } from './address.ts';
import type { PrefValue, ProfileId } from './client.ts';

/**
 * What will be changed in one profile, in the order in which it is done, readable by a person before anything is
 * written. A plan without steps means: everything is as it should be.
 */
export interface ChangePlan {
  readonly profileId: ProfileId;
  readonly profileName: string;
  readonly profilePath: string;
  readonly steps: readonly PlannedStep[];
  /** What a person must agree to separately, because others than the mailbox asked for are touched. */
  readonly consents: readonly NeededConsent[];
  /** What Endymail had set and the person changed since. Untouched unless they say *put back*. */
  readonly changedByHand: readonly ChangedByHand[];
  /** How many people's certificates the client holds already (mail to them is encrypted from then on). */
  readonly knownPeople: number;
  /** What stands in the way of applying it now (client running, primary password, overruled settings, own set-up). */
  readonly obstacles: readonly Failure[];
}

/** What a stored certificate is for. */
export type CertificateRole = 'own-authority' | 'own-certificate' | 'anchor' | 'cross-certificate' | 'person';

export type PlannedStep =
  | {
      readonly kind: 'set-pref';
      readonly name: string;
      readonly from: PrefValue;
      /** null: take the pref out, so that the program's default holds again. */
      readonly to: PrefValue;
      readonly scope: 'identity' | 'profile';
      /** The mailbox it serves; null for what is profile-wide. */
      readonly address: MailAddress | null;
    }
  | { readonly kind: 'import-key'; readonly address: MailAddress; readonly certificateId: string }
  | {
      readonly kind: 'add-certificate' | 'remove-certificate';
      readonly role: CertificateRole;
      readonly address: MailAddress | null;
      readonly certificateId: string;
    };

/** `encryptionpolicy` above 0 or an own set-up of an identity in the same profile: automatic encryption overrules it. */
export interface NeededConsent {
  readonly kind: 'profile-wide';
  readonly identities: readonly {
    readonly identityId: string;
    readonly address: MailAddress;
    /** What the person has there now, and what becomes of it. */
    readonly loses: 'require-encryption' | 'encrypt-by-default' | 'own-smime' | 'own-openpgp';
  }[];
}

export interface ChangedByHand {
  readonly what: 'pref' | 'certificate';
  /** Pref name, or certificate id. */
  readonly name: string;
  readonly address: MailAddress | null;
  /** What Endymail had set. */
  readonly ours: PrefValue;
  readonly now: PrefValue;
  /** What stood there before Endymail. */
  readonly before: PrefValue;
}

/** What becomes of what the person changed: left as they have it, or put back as Endymail wants it. */
export type ChangedByHandChoice = 'leave' | 'put-back';

/** What was done. */
export interface ApplyReport {
  readonly profileId: ProfileId;
  readonly applied: number;
  /** Left as the person has it. */
  readonly changedByHand: readonly ChangedByHand[];
}
