import type { Failure, Redacted, Result } from '@endymail/shared/result';
import type {
  ApplyReport,
  ChangedByHandChoice,
  ChangePlan,
  ClientProfile,
  MailAddress,
  MailboxCheck,
  MailboxList,
  PersonView,
  ProfileId,
} from '@endymail/shared/mail';
import type { AccountAgent } from './account/account-agent.ts';
import type { KeyAlgorithm } from './certificates/key-and-certificate.ts';
import type { Settings } from './home/state.ts';

/**
 * The profile manager. Every face (command line, window, tests) is a client of this and adds no rule of its own.
 * Every method answers a promise of a result, so that an agent in another process is an `Agent` too (`connectAgent`).
 * All methods may be called one after another; the caller waits for one before it starts the next.
 */
export interface Agent {
  /** The person's account, its devices, and what they share. */
  readonly account: AccountAgent;

  /** Everything found on this computer, one row per address. */
  mailboxes(): Promise<Result<MailboxList, Failure>>;

  /** What `enable` would change, per profile. Reads only; makes no keys. */
  plan(addresses: readonly MailAddress[], options: EnableOptions): Promise<Result<readonly ChangePlan[], Failure>>;

  /**
   * Makes keys where there are none, remembers that the mailboxes are wanted, and sets up every profile they are in.
   * A profile whose client runs is left for the next chance and reported as `waiting`.
   * Errors (nothing was changed): `mailbox-unknown`, `own-setup`, `profile-wide-consent`, `settings-overruled`, …
   */
  enable(addresses: readonly MailAddress[], options: EnableOptions): Promise<Result<WorkReport, Failure>>;

  /** Takes back what Endymail wrote for these mailboxes, where it is still ours. Keys stay for old mail. */
  disable(addresses: readonly MailAddress[] | 'all', options: DisableOptions): Promise<Result<WorkReport, Failure>>;

  /**
   * The reconciler: renews what is due and brings every profile to what is wanted. Does nothing where nothing is due.
   * `wait` is asked with the profile whose client runs: true to look again (at once: it has waited), false for *later*.
   */
  reconcile(options?: ReconcileOptions): Promise<Result<WorkReport, Failure>>;

  /** Which link of the chain holds, for one mailbox or all enabled ones. */
  check(address: MailAddress | null): Promise<Result<readonly MailboxCheck[], Failure>>;

  /** Opens a test mail to oneself in the client's own compose window. Returns the subject to look for. */
  openTestMail(address: MailAddress): Promise<Result<string, Failure>>;

  /**
   * Starts the mail client with this profile, as the person would, and lets it go on by itself.
   * Errors: `client-running`, `client-not-installed`, `profile-unreadable` (there is no such profile any more).
   */
  openClient(profile: ProfileId): Promise<Result<void, Failure>>;

  /** PKCS#12 of one mailbox for a phone, under the given password. */
  exportKey(address: MailAddress, password: Redacted<string>): Promise<Result<Redacted<Uint8Array>, Failure>>;

  /** The public part of an enabled mailbox for a correspondent. */
  share(address: MailAddress): Promise<Result<SharedPart, Failure>>;

  /** Reads somebody's public part and says whom it names. Changes nothing. */
  readPublicPart(text: string): Promise<Result<PersonView, Failure>>;

  /** Adds the person of this public part; `fingerprint` is the one that the person was shown by `readPublicPart`. */
  addPerson(text: string, fingerprint: string): Promise<Result<WorkReport, Failure>>;

  removePerson(address: MailAddress): Promise<Result<WorkReport, Failure>>;

  people(): Promise<Result<readonly PersonView[], Failure>>;

  settings(): Promise<Result<Settings, Failure>>;
  changeSettings(change: Partial<Settings>): Promise<Result<WorkReport, Failure>>;

  /** The folders that the person pointed at, beside the places where profiles are looked for anyway. */
  folders(): Promise<Result<readonly string[], Failure>>;

  /**
   * Looks for profiles in this folder too from now on: it is one, or holds a `profiles.ini`. Absolute; nothing is written
   * in it. Answers with everything found.
   * Errors: `folder-missing`, `folder-without-profile`, `profile-unreadable`, `profile-malformed`, and of the home.
   */
  addFolder(folder: string): Promise<Result<MailboxList, Failure>>;

  /**
   * Takes back what Endymail wrote into the profiles that are in this folder and nowhere else, and forgets the folder.
   * A mailbox that is in no other profile is off then. Answers with everything found.
   * Errors (the folder is still looked into): `folder-unknown`, and whatever keeps a profile from being taken back now.
   */
  removeFolder(folder: string): Promise<Result<MailboxList, Failure>>;

  /** Everything in one sealed file. */
  backup(passphrase: Redacted<string>): Promise<Result<Uint8Array, Failure>>;

  /** Undoes everything, then deletes the keychain entry and the data. Stops, with everything still there, where a profile can not be undone now. */
  remove(options: DisableOptions): Promise<Result<WorkReport, Failure>>;

  /** Lets go of the home folder. */
  close(): void;
}

export interface SharedPart {
  /** What goes into the file. */
  readonly text: string;
  /** What two people compare, the same that `readPublicPart` shows on the other side. */
  readonly fingerprint: string;
}

export interface EnableOptions extends ReconcileOptions {
  readonly algorithm?: KeyAlgorithm;
  /** The person agreed that the profile-wide switch overrules other identities. */
  readonly acceptProfileWide?: boolean;
  /** Set up without the profile-wide switch: the person presses Encrypt. */
  readonly byHand?: boolean;
  /** The person agreed that an own S/MIME or OpenPGP set-up is replaced. */
  readonly replaceOwn?: boolean;
  readonly changedByHand?: ChangedByHandChoice;
}

export interface DisableOptions extends ReconcileOptions {
  readonly changedByHand?: ChangedByHandChoice;
}

export interface ReconcileOptions {
  readonly wait?: (profile: ClientProfile) => Promise<boolean>;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly kind: 'making-keys' | 'setting-up' | 'taking-back' | 'set-up' | 'waiting';
  readonly address: MailAddress | null;
  readonly profile: ClientProfile | null;
}

/** What came of the work, profile by profile. */
export interface WorkReport {
  readonly done: readonly ApplyReport[];
  /** Wanted and not done yet; the next run with the cause gone does it. */
  readonly waiting: readonly { readonly profile: ClientProfile; readonly why: Failure }[];
}
