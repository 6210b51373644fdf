import * as v from 'valibot';
import { accountView, deviceView, hexId, joinView, pendingDevice } from './schemas/account.ts';
import { failureSchema } from './schemas/failure.ts';
import { listOf, longText, shortText, timestamp } from './schemas/values.ts';

/** What the page shows of account and devices: a part of `APP_SLICES`. */

/**
 * What the person answered last to a device that asked, until they have read it: both devices end on the same picture.
 * `unanswered`: approved, and the other device has not said yet that the digits are its own; goes on by itself.
 */
const answeredRequest = v.variant('kind', [
  v.object({ kind: v.literal('approving'), id: hexId }),
  v.object({ kind: v.literal('unanswered'), id: hexId }),
  v.object({ kind: v.literal('approved'), id: hexId, device: deviceView }),
  v.object({ kind: v.literal('rejected'), id: hexId }),
  v.object({ kind: v.literal('failed'), id: hexId, why: failureSchema }),
]);

export const ACCOUNT_SLICES = Object.freeze({
  /** Null: this computer belongs to no account, or it is not known yet. */
  account: v.nullable(accountView),
  /** Every device that the account has or had, this one first. */
  devices: listOf(deviceView),
  pending: v.object({
    /** Those that ask now, the first to ask first. The prompt is about one of them at a time. */
    devices: listOf(pendingDevice),
    answered: v.nullable(answeredRequest),
  }),
  /** How this computer's own joining stands; how it ended stays until the person has read it. */
  joining: v.nullable(joinView),
  /** Why the last look at how joining stands did not get through; null: it did, or there is nothing to look for. */
  joiningProblem: v.nullable(failureSchema),
  /** The invitation that was made here last. Its link is a secret and is not part of it: `invite` answers with it. */
  invitation: v.nullable(v.object({ expiresAt: timestamp, joined: v.nullable(deviceView) })),
  /** The link that was opened or pasted here: whose account it leads into. The shell keeps the link itself. */
  invitedTo: v.nullable(v.object({ name: shortText })),
});

/**
 * What needs the person about account and devices, with what its one button does:
 * `join-request`: a device asks to join (*Look*: the prompt) · `act-waits`: something great was announced (*Look*: devices,
 * where it can be cancelled) · `task`: left to do after a removal (*Done*) · `account`: this computer no longer shares
 * (*Look*: account) · `write-words`: the recovery words are not written down (*Write them down*).
 */
export const ACCOUNT_ATTENTION = Object.freeze([
  v.object({ kind: v.literal('join-request'), id: hexId }),
  v.object({
    kind: v.literal('act-waits'),
    id: shortText,
    deviceName: shortText,
    holdsFrom: timestamp,
    mayCancel: v.boolean(),
  }),
  v.object({ kind: v.literal('task'), id: shortText, says: longText }),
  v.object({ kind: v.literal('account'), failure: failureSchema }),
  v.object({ kind: v.literal('write-words') }),
] as const);

/** The screens of account and devices that something outside the page leads to. */
export const ACCOUNT_LINKS = Object.freeze([
  /** The prompt about this device, over whatever screen there is. */
  v.object({ screen: v.literal('join-prompt'), id: hexId }),
  v.object({ screen: v.literal('devices') }),
  v.object({ screen: v.literal('account') }),
  /** A link was opened: `invitedTo` says whose account it leads into. Nothing is joined by it. */
  v.object({ screen: v.literal('join') }),
] as const);
