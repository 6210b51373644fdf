import { areRoles, hasRoles, ROLES } from '../identity/index.ts';
import { err, ok, Redacted, type Result } from '../result/index.ts';
import {
  accountIdBytes,
  fromBase64Url,
  hash32Bytes,
  parseAccountId,
  parseHash32,
  randomBytes,
  toBase64Url,
  type AccountId,
  type Hash32,
} from '../sealing/index.ts';
import type { RequestId } from './exchange.ts';
import { invitationIdOf, type InvitationId } from './invitation-id.ts';
import { INVITATION_LIFETIME_SECONDS, NAME_MAX_CHARS } from './limits.ts';

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
  /** SHA-256 of the SubjectPublicKeyInfo of the service's certificate, where nobody else vouches for it. */
  readonly pin: Hash32 | null;
}

export const INVITATION_SECRET_BYTES = 16;

const SCHEME = 'mesh:';
// `mesh:<name>#<account>.<secret>`, with `.<pin>` behind it or not; no name has a # in it, nor white space.
const LINK = new RegExp(
  `^${SCHEME}([^#\\s]{1,${NAME_MAX_CHARS}})#([A-Za-z0-9_-]{86})\\.([A-Za-z0-9_-]{22})(?:\\.([A-Za-z0-9_-]{43}))?$`,
);

/** Whether an invitation may give these roles: never the admin's. */
export const mayBeInvitedTo = (roles: number): boolean => areRoles(roles) && !hasRoles(roles, ROLES.admin);

/** An invitation that gives `roles` for ten minutes from `nowSeconds`. Throws for roles that no invitation may give. */
export function makeInvitation(of: {
  readonly account: AccountId;
  /** The account's name: what stands behind `mesh:` in the link. */
  readonly name: string;
  readonly roles: number;
  /** What the service is known by where nobody vouches for its certificate. */
  readonly pin: Hash32 | null;
  /** Seconds since 1970. */
  readonly nowSeconds: number;
}): { readonly invitation: Invitation; readonly link: Redacted<string> } {
  if (!mayBeInvitedTo(of.roles)) throw new RangeError('No invitation gives these roles');
  const bytes = randomBytes(INVITATION_SECRET_BYTES);
  const secret = new Redacted(bytes);
  const pin = of.pin === null ? '' : `.${toBase64Url(hash32Bytes(of.pin))}`;
  const link = `${SCHEME}${of.name}#${toBase64Url(accountIdBytes(of.account))}.${toBase64Url(bytes)}${pin}`;
  if (!LINK.test(link)) throw new TypeError('No account has this name');
  const id = invitationIdOf(of.account, secret);
  return {
    invitation: { id, roles: of.roles, made: of.nowSeconds, secret, usedBy: null },
    link: new Redacted(link),
  };
}

/** Reads the text of a link. */
export function parseInvitation(text: string): Result<InvitationLink, 'not-an-invitation'> {
  const [, name, accountText, secretText, pinText] = LINK.exec(text.trim()) ?? [];
  const account = parseAccountId(fromBase64Url(accountText ?? ''));
  const secretBytes = fromBase64Url(secretText ?? '');
  if (name === undefined || account === null || secretBytes?.length !== INVITATION_SECRET_BYTES)
    return err('not-an-invitation');
  const pin = pinText === undefined ? null : parseHash32(fromBase64Url(pinText));
  // More than 43 letters could say: a pin that is none must not become no pin.
  if (pinText !== undefined && pin === null) return err('not-an-invitation');
  const secret = new Redacted(secretBytes);
  return ok({ name, account, id: invitationIdOf(account, secret), secret, pin });
}

/**
 * Whether an invitation holds at `nowSeconds`, by the clock of the device that made it. A clock that went back behind
 * its making makes it invalid too: nobody knows any more how old it is.
 */
export const holdsAt = ({ made }: Invitation, nowSeconds: number): boolean =>
  nowSeconds >= made && nowSeconds < made + INVITATION_LIFETIME_SECONDS;
