import type { Failure, Redacted, Result } from '@endymail/shared/result';
import type {
  ApplyReport,
  ChangedByHandChoice,
  ChangePlan,
  ClientProfile,
  Discovery,
  MailAddress,
} from '@endymail/shared/mail';

/** The longest journal that an adapter may keep: what a backup takes in. */
export const JOURNAL_MAX_BYTES = 16 * 1024 * 1024;

/**
 * What every mail client's adapter does. Declarative: the agent says what a profile should hold (`ProfileTarget`), the
 * adapter compares, plans, and applies under its journal. Whatever the journal says is ours and the target no longer
 * names is taken back: undo is a target with less in it, and there is no second mechanism for it.
 */
export interface MailClientAdapter {
  /**
   * Lists every profile of this user, and those in `otherFolders`, which the person pointed at. Never fails as a whole:
   * what could not be read is in `problems`.
   */
  discover(otherFolders?: readonly string[]): Promise<Discovery>;

  /**
   * Whether `discover` would find a profile in this folder; answers with the resolved folder. Reads only.
   * Errors: `folder-missing`, `folder-without-profile`, `profile-unreadable`, `profile-malformed`.
   */
  examineFolder(folder: string): Promise<Result<string, Failure>>;

  /**
   * Compares `target` with what the profile holds now. Reads only. `just-discovered`: the profile comes from a discovery
   * of this moment, so that what was read for it need not be read again.
   * Errors: `profile-unreadable`, `profile-malformed`, `home-newer` (journal of a newer version).
   */
  plan(profile: ClientProfile, target: ProfileTarget, known?: 'just-discovered'): Promise<Result<ChangePlan, Failure>>;

  /**
   * Plans anew (the profile may have changed since the person read the plan), asks `refuses` about the plan as it is
   * about to be carried out, and carries it out. Where nothing is to be changed it is not asked; a failure that it
   * answers with is the outcome, and nothing was written. Nothing is, either, before it has answered.
   * Certificates and keys go first and prefs after them; taking back goes the other way round, so that no pref ever
   * points at a certificate that is not there (a send would fail).
   * A crash at any line leaves a profile that starts; calling this again finishes.
   * Errors: `client-running`, `client-started`, `primary-password`, `profile-read-only`, `profile-malformed`,
   * `settings-overruled`, `own-setup`, `disk-full`, `write-failed`, `certificate-store`, `client-run-failed`, …
   */
  apply(
    profile: ClientProfile,
    target: ProfileTarget,
    refuses?: (plan: ChangePlan) => Promise<Failure | null>,
  ): Promise<Result<ApplyReport, Failure>>;

  /** Which links hold between what the agent wants and what this profile has. Reads only, also while the client runs. */
  inspect(profile: ClientProfile, target: ProfileTarget): Promise<Result<ProfileInspection, Failure>>;

  /** Opens a message in the client's own compose window; the person presses Send. Works with the client running or not. */
  compose(profile: ClientProfile, identityId: string, message: TestMessage): Promise<Result<void, Failure>>;

  /**
   * Starts the client with this profile as the person would, and lets it go on by itself. Resolves when it was started.
   * Errors: `client-running`, `client-not-installed`.
   */
  open(profile: ClientProfile): Promise<Result<void, Failure>>;

  /** Forgets the journal of a profile after everything in it was taken back. */
  forget(profile: ClientProfile): Promise<Result<void, Failure>>;
}

/** What a profile should hold. Everything else in it is the person's own and is not touched. */
export interface ProfileTarget {
  readonly identities: readonly IdentityTarget[];
  /** DER of the local anchor; null while there are no people. */
  readonly anchor: Uint8Array | null;
  readonly people: readonly PersonTarget[];
  /** The profile-wide switches; null: they are not ours to set (nothing enabled, or *by hand*). */
  readonly automatic: { readonly autoEnable: true; readonly autoDisable: boolean } | null;
  /** What to do with values of ours that the person changed since. */
  readonly changedByHand: ChangedByHandChoice;
}

/** A certificate of the person's own that the client should hold with its key. */
export interface OwnKey {
  /** DER. */
  readonly certificate: Uint8Array;
  /** Makes the PKCS#12 that carries key and certificate into the client; asked for only when it is needed. */
  readonly pkcs12: () => Promise<TransportKey>;
}

/** What an identity should use: `certificate` and `pkcs12` are the current ones, for signing and encryption. */
export interface IdentityTarget extends OwnKey {
  readonly identityId: string;
  readonly address: MailAddress;
  /** DER of the mailbox's own CA. */
  readonly authority: Uint8Array;
  /** What was used before a renewal and old mail is encrypted to; a new computer has to be given it too. */
  readonly former: readonly OwnKey[];
  /** The person said that an own S/MIME or OpenPGP set-up of this identity may be replaced. */
  readonly replaceOwn: boolean;
}

/** A key on its way into a client: PKCS#12 (3DES, SHA-1 MAC: the one form all clients take) under a one-time password. */
export interface TransportKey {
  readonly pkcs12: Redacted<Uint8Array>;
  readonly password: Redacted<string>;
}

export interface PersonTarget {
  readonly address: MailAddress;
  /** DER of the correspondent's certificate. */
  readonly certificate: Uint8Array;
  /** DER of the cross-certificate that the local anchor issued for the correspondent's CA key and this mailbox alone. */
  readonly crossCertificate: Uint8Array;
}

/** What was seen in a profile; each field is one link of the chain. */
export interface ProfileInspection {
  readonly identities: readonly IdentityInspection[];
  readonly autoEnable: boolean;
  readonly autoDisable: boolean;
  readonly anchorTrusted: boolean;
  /** People whose certificate and cross-certificate are both in the store. */
  readonly peopleReady: readonly MailAddress[];
}

export interface IdentityInspection {
  readonly identityId: string;
  readonly address: MailAddress;
  /** The identity still exists with this address. */
  readonly present: boolean;
  /** The private key is in the client's key store. */
  readonly keyPresent: boolean;
  readonly certificatePresent: boolean;
  readonly authorityTrusted: boolean;
  /** The identity's prefs name our certificate for signing and for encryption. */
  readonly selected: boolean;
}

export interface TestMessage {
  readonly to: MailAddress;
  readonly subject: string;
  readonly body: string;
}
