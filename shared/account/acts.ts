/** A great act that was announced and waits, for example the removal of a device that may approve others. */
export interface ActView {
  /** What it is called off by. */
  readonly id: string;
  readonly kind: 'remove-device';
  /** Whom it is about, and who announced it: 64 hexadecimal letters, and what they are called. */
  readonly deviceId: string;
  readonly deviceName: string;
  readonly byId: string;
  readonly byName: string;
  /** ISO 8601. From `holdsFrom` on it can be done, by whoever announced it. */
  readonly announcedAt: string;
  readonly holdsFrom: string;
  /** This device may call it off. */
  readonly mayCancel: boolean;
}

/** What is left for the person to do after a device was removed, or to look at after one joined. */
export interface TaskView {
  readonly id: string;
  /**
   * `give-new-files`: to those who write to them · `change-passwords`: of the mail accounts set up on the device ·
   * `invited-device`: it joined by an invitation that another device had made.
   */
  readonly code: 'give-new-files' | 'change-passwords' | 'invited-device';
  /** One sentence, which names no command. */
  readonly says: string;
  readonly deviceName: string;
  /** The mailboxes that it is about; none: all that the device had. */
  readonly addresses: readonly string[];
  /** When it came up: ISO 8601. */
  readonly at: string;
}
