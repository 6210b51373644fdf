import type { AccountView, DeviceView } from './views.ts';

/** How far an account had come, to stand below the recovery words on paper. */
export interface AccountMark {
  /** `12-3f2a…`: the number of its links, and the beginning of its hash. */
  readonly mark: string;
  /** Of the last link, by the clock of who signed it, ISO 8601. */
  readonly at: string;
}

/** What the recovery words would bring back, as the service shows it. */
export interface RecoveryPreview {
  readonly name: string;
  readonly fingerprint: string;
  readonly asOf: AccountMark;
  /** Those that are in the account. */
  readonly devices: readonly DeviceView[];
}

/** What bringing an account back came to. */
export interface RecoveredAccount {
  readonly account: AccountView;
  readonly removed: readonly DeviceView[];
  /** Mailboxes that got new keys because a removed device knew the old ones. */
  readonly renewed: readonly string[];
  /** What is left for the person to do, a sentence each. */
  readonly tasks: readonly string[];
}
