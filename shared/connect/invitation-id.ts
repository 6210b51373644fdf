import { fromHex, hkdf, toHex, type AccountId } from '../sealing/index.ts';
import type { Redacted } from '../result/index.ts';
import { CONTEXTS } from './wire.ts';

/** The 16 bytes that name an invitation, as lower-case hex. */
export type InvitationId = string & { readonly __invitationId: true };

const INVITATION_ID_BYTES = 16;

/** The id of the invitation with this secret: it can be told to everybody, and says nothing of the secret. */
export const invitationIdOf = (account: AccountId, secret: Redacted<Uint8Array>): InvitationId =>
  toHex(hkdf(secret.reveal(), new Uint8Array(), CONTEXTS.invitation(account), INVITATION_ID_BYTES)) as InvitationId;

/** The id that a decoded payload holds as bytes, or null when it is none. */
export const parseInvitationId = (value: unknown): InvitationId | null =>
  value instanceof Uint8Array && value.length === INVITATION_ID_BYTES ? (toHex(value) as InvitationId) : null;

/** The bytes of an id, as they go over the wire. */
export const invitationIdBytes = (id: InvitationId): Uint8Array => fromHex(id);
