import type { Failure, Redacted, Result } from '@endymail/shared/result';
import type {
  AccountMark,
  AccountView,
  ActView,
  ApprovedDevice,
  CertificateView,
  DeviceView,
  JoinView,
  PendingDevice,
  RecoveredAccount,
  RecoveryPreview,
  RemovedDevice,
  SyncView,
} from '@endymail/shared/account';

/**
 * The person's account and its devices. Every method may fail with `mesh-offline` and the other failures of the mesh
 * service; what was decided here by then is kept and goes on with the next `sync`.
 */
export interface AccountAgent {
  /** Null: this computer belongs to none. Asks nobody outside. */
  show(): Promise<Result<AccountView | null, Failure>>;

  /**
   * Makes an account of this name (`alice@mesh.example.org`) with this computer as its first device; what was enabled
   * before is taken into it. `here`: this computer itself keeps it, and the name is only what stands before the @.
   * Errors: `account-exists`, `account-name-invalid`, `account-name-taken`, `here-failed`, `mesh-…`.
   */
  create(name: string, where?: AccountView['service']['kind']): Promise<Result<AccountView, Failure>>;

  /**
   * Lets the person's other devices reach an account that is kept here, or only this computer.
   * Errors: `account-none`, `account-not-here`, `here-failed`.
   */
  setReachable(isReachable: boolean): Promise<Result<AccountView, Failure>>;

  /**
   * The service is at another place now (`192.0.2.8:4433`), as one that another computer runs may be: remembered where it
   * proves there that it is the same. Errors: `account-none`, `account-name-invalid`, `service-certificate-changed`, `mesh-…`.
   */
  moveTo(place: string): Promise<Result<AccountView, Failure>>;

  /** The certificate that the service shows now, beside the one that it was known by. Errors: `account-none`, `mesh-…`. */
  certificate(): Promise<Result<CertificateView, Failure>>;

  /**
   * Takes the certificate that the service shows now, where it is the one that the person saw. `shown`: as `certificate`
   * has answered. Errors: `account-none`, `service-certificate-changed` (it is yet another one), `mesh-…`.
   */
  trustCertificate(shown: string | null): Promise<Result<AccountView, Failure>>;

  /** The 24 recovery words, as long as they were not confirmed. Errors: `account-none`, `words-none`. */
  words(): Promise<Result<Redacted<string>, Failure>>;

  /** The person has written the words down, and types them: they are erased here. Errors: `words-wrong`, `words-none`. */
  confirmWords(words: Redacted<string>): Promise<Result<void, Failure>>;

  /** How far the account has come, to be written below the words. Errors: `account-none`, `mesh-…`. */
  mark(): Promise<Result<AccountMark, Failure>>;

  /**
   * What the recovery words would bring back to this computer, as of when the service shows it. Changes nothing.
   * Errors: `words-wrong`, `account-exists`, `account-unknown`, `recover-older`, `recover-keys`, `mesh-…`.
   */
  recoverPreview(kit: Kit): Promise<Result<RecoveryPreview, Failure>>;

  /**
   * Brings the account back to this computer, and removes every other device that is not in `keep`. Asked for again after
   * it was interrupted, it goes on. Errors: as `recoverPreview`.
   */
  recover(kit: Kit, options: RecoverOptions): Promise<Result<RecoveredAccount, Failure>>;

  /**
   * Asks to join the account of this name, and answers with the digits to type on one of its devices. Asked for again,
   * it answers how that stands; asked for another one, the first is taken back.
   * Errors: `account-exists`, `account-unknown`, `account-name-invalid`, `mesh-…`.
   */
  request(name: string): Promise<Result<JoinView, Failure>>;

  /** Joins by an invitation, which another device answers by itself. Errors: `invitation-…`, and as `request`. */
  join(link: Redacted<string>): Promise<Result<JoinView, Failure>>;

  /** Takes the next step of joining where there is one to take, and says how it stands. Errors: `join-none`, `mesh-…`. */
  joining(): Promise<Result<JoinView, Failure>>;

  /** Takes the request back. */
  giveUp(): Promise<Result<void, Failure>>;

  /** The devices that ask to join. Errors: `account-none`, `account-needs-admin`, `mesh-…`. */
  pending(): Promise<Result<readonly PendingDevice[], Failure>>;

  /**
   * Approves a device with the digits that it shows; waits for its answer for a while.
   * Errors: `request-unknown`, `digits-wrong`, `approve-unanswered` (goes on with `sync`), `approve-limit`, `mesh-…`.
   */
  approve(id: string, digits: Redacted<string>, options: ApproveOptions): Promise<Result<ApprovedDevice, Failure>>;

  /** *It was not me*: the device is refused. Errors: `request-unknown`, `mesh-…`. */
  reject(id: string): Promise<Result<void, Failure>>;

  /** A link that lets one device join within ten minutes, without being asked again. Whoever has it can join. */
  invite(): Promise<Result<Invitation, Failure>>;

  /** Every device that the account has or had, this one first. */
  devices(): Promise<Result<readonly DeviceView[], Failure>>;

  /**
   * Removes a device: it learns nothing new from then on, and the mailboxes it could use get new keys.
   * `words`: the recovery words, which removing a device that may approve others needs where they are no longer here.
   * Errors: `device-unknown`, `device-this`, `device-needs-words`, `words-wrong`, `account-needs-admin`, `mesh-…`.
   */
  remove(id: string, words: Redacted<string> | null): Promise<Result<RemovedDevice, Failure>>;

  /**
   * Announces that a device that may approve others is to be removed, without the words: it is shown on every device, can
   * be called off for 72 hours, and is done by this device then. Errors: `device-unknown`, `device-this`,
   * `act-not-needed`, `act-too-young`, `account-needs-admin`, `mesh-…`.
   */
  announceRemoval(id: string): Promise<Result<ActView, Failure>>;

  /** Calls off what was announced. Errors: `act-unknown`, `act-not-older`, `account-needs-admin`, `mesh-…`. */
  cancelAct(id: string): Promise<Result<void, Failure>>;

  /**
   * Suspends a device: it gets no key of what is written from then on, and signs nothing, until it is resumed. `words`:
   * the recovery words, where this device alone may not. Errors: as `remove`, `act-too-young`.
   */
  suspend(id: string, words: Redacted<string> | null): Promise<Result<DeviceView, Failure>>;

  /** Ends that. Errors: as `suspend`. */
  resume(id: string, words: Redacted<string> | null): Promise<Result<DeviceView, Failure>>;

  /** The person has done what was left to do. Errors: `account-none`. */
  taskDone(id: string): Promise<Result<void, Failure>>;

  /**
   * This computer forgets an account that it takes no part in any more, and may join one again, under new keys; mail and
   * keys stay. Errors: `account-none`, `account-member` (it still takes part: it is removed on another device first).
   */
  leave(): Promise<Result<void, Failure>>;

  /**
   * Makes the keys of this device and of all catalogs anew, as the calendar does every 90 days: for somebody who fears
   * that a copy of a computer is in other hands. Errors: `account-needs-admin`, `account-none`, `mesh-…`.
   */
  rotate(): Promise<Result<SyncView, Failure>>;

  /** Sends and fetches what there is, goes on with what waits, and brings the mail clients to it. */
  sync(): Promise<Result<SyncView, Failure>>;

  /**
   * The same where `sync` fails with `account-unconfirmed`: the person has looked at another device, and takes over what
   * the account shows now, this once.
   */
  syncAnyway(): Promise<Result<SyncView, Failure>>;

  /**
   * Goes on with whatever waits for somebody else, so that nobody has to ask: joining, or sharing. Nothing where there is
   * nothing to do; what fails shows in `show`.
   */
  goOn(): Promise<void>;

  /**
   * What is waited for now: for the answer of a device that is just at it, for a device's next step, for what is new at any
   * time, or for nothing.
   */
  waitsFor(): 'answer' | 'step' | 'news' | 'nothing';

  /**
   * Has it told when the service says that something is new. Returns what ends it; null: there is nobody to listen to as
   * long as this computer belongs to no account, nor where the agent is in another process, which tells of changes by
   * itself.
   */
  follow(onNews: () => void): (() => void) | null;
}

/** What a person has of an account whose devices are lost. */
export interface Kit {
  readonly name: string;
  readonly words: Redacted<string>;
  /** What stands below the words on paper; null: they did not say. */
  readonly mark: string | null;
}

export interface RecoverOptions {
  /** Ids of the devices that stay in the account. */
  readonly keep: readonly string[] | 'all';
}

export interface ApproveOptions {
  /** The new device may approve others, and make new keys for mailboxes. */
  readonly mayApprove: boolean;
}

export interface Invitation {
  readonly link: Redacted<string>;
  /** ISO 8601. */
  readonly expiresAt: string;
}
