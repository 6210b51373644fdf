import type { Failure } from '../result/index.ts';
import type { MailAddress } from './address.ts';
import type { ClientIdentity, ClientProfile } from './client.ts';
import type { ChangedByHand } from './plan.ts';

/**
 * What a mailbox is, in one word for each face to put into a sentence:
 * `off` not enabled · `ready` set up, nobody known yet · `protected` set up, people known · `by-hand` set up without the
 * automatic switch · `waiting` wanted, but a client must be closed first · `needs-you` something must be decided or mended.
 */
export type MailboxState = 'off' | 'ready' | 'protected' | 'by-hand' | 'waiting' | 'needs-you';

/** One row a person sees: one address, wherever it is set up. */
export interface MailboxRow {
  readonly address: MailAddress;
  readonly name: string;
  readonly state: MailboxState;
  readonly places: readonly MailboxPlace[];
  /** Whether it would be ticked by itself at the first start, and why not. */
  readonly suggested: boolean;
  readonly reasons: readonly Failure[];
}

export interface MailboxPlace {
  readonly profile: ClientProfile;
  readonly identity: ClientIdentity;
  /** What the identity has now: nothing, ours, or a set-up of the person's own. */
  readonly setup: 'none' | 'endymail' | 'own-smime' | 'own-openpgp';
}

export interface MailboxList {
  readonly rows: readonly MailboxRow[];
  readonly problems: readonly Failure[];
}

/** The links between a mailbox and protected mail, in the order in which they hold each other up. */
export type ChainLink = 'account' | 'keys' | 'certificate' | 'client' | 'delivery';

export interface ChainStep {
  readonly link: ChainLink;
  /** `unknown`: can only be seen by sending the test mail. */
  readonly state: 'holds' | 'broken' | 'unknown';
  /** One sentence. */
  readonly says: string;
  readonly failure: Failure | null;
}

export interface MailboxCheck {
  readonly address: MailAddress;
  /** Where it was looked at; null where no client on this computer has the mailbox any more. */
  readonly place: {
    readonly profileName: string;
    readonly profilePath: string;
    readonly identityId: string;
  } | null;
  readonly steps: readonly ChainStep[];
  readonly changedByHand: readonly ChangedByHand[];
  /** People to whom mail from here is encrypted. */
  readonly people: number;
}

/** A correspondent as a person sees them. */
export interface PersonView {
  readonly address: MailAddress;
  readonly name: string;
  /** To compare by telephone: groups of four characters. */
  readonly fingerprint: string;
  readonly addedAt: string;
  readonly certificateExpiresAt: string;
}
