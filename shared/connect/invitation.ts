import type { Redacted, Result } from '../result/index.ts';
import type { AccountId } from '../sealing/index.ts';
import type { RequestId } from './exchange.ts';

/** The 16 bytes that name an invitation, as lower-case hex. */
export type InvitationId = string & { readonly __invitationId: true };

/** An invitation, on the admin device that made it. */
export interface Invitation {
  readonly id: InvitationId;
  readonly roles: number;
  /** Seconds since 1970, by this device's clock. */
  readonly made: number;
  /** What the link holds; null once it was used. */
  readonly secret: Redacted<Uint8Array> | null;
  /** The request that used it. */
  readonly usedBy: RequestId | null;
}

/** What a link says. It is a stranger's text: nothing of it counts before a person has seen the account's name. */
export interface InvitationLink {
  readonly name: string;
  readonly account: AccountId;
  readonly id: InvitationId;
  readonly secret: Redacted<Uint8Array>;
}

/** An invitation that gives `roles` for ten minutes from `now`. Throws for roles that no invitation may give. */
export declare function makeInvitation(of: {
  readonly account: AccountId;
  /** The account's name: what stands behind `mesh:` in the link. */
  readonly name: string;
  readonly roles: number;
  /** Seconds since 1970. */
  readonly now: number;
}): { readonly invitation: Invitation; readonly link: Redacted<string> };

/** Reads the text of a link. */
export declare function parseInvitation(text: string): Result<InvitationLink, 'not-an-invitation'>;
