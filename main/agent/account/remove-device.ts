import { err, failure, ok, type Failure, type Redacted, type Result } from '@endymail/shared/result';
import {
  ALL_ROLES,
  ROLES,
  activeDevice,
  hasRoles,
  isAdmin,
  makeRemoveDevice,
  type Device,
} from '@endymail/shared/identity';
import { keyIdOf, parseRecoveryWords, rootKeyOf, type SigningKey } from '@endymail/shared/sealing';
import type { MailAddress } from '@endymail/shared/mail';
import { accountOf } from './account-of.ts';
import type { AccountParts } from './account-parts.ts';
import { dueAct, isAnnounced } from './acts.ts';
import { presentKeys, type ReadMember } from './approve.ts';
import { secondsOf } from './items-of-state.ts';
import { mayLink, postLink } from './link-out.ts';
import { renewedFor } from './new-mailbox-keys.ts';

/**
 * Removes a device: what it writes from the present heads on is void, and every catalog begins an epoch without it. The
 * mailboxes it could use get new keys with the state that is answered, which the next sync shares.
 * `moved`: another device was first; sync, and do it again.
 */
export async function removeDevice(
  parts: AccountParts,
  member: ReadMember,
  wish: { readonly id: string; readonly words: Redacted<string> | null },
): Promise<Result<'moved' | { readonly device: Device; readonly renewed: readonly MailAddress[] }, Failure>> {
  const { chain, keys } = member;
  const device = [...chain.profile.devices.values()].find((one) => one.id === wish.id);
  if (device === undefined) return err(failure('device-unknown'));
  if (device.id === keys.signing.id) return err(failure('device-this'));
  // By this device, whose answer was lost, or by another.
  if (device.removed !== null) return ok({ device, renewed: renewedFor(parts.state(), device) });
  const free = mayLink(parts);
  if (!free.ok) return free;
  const signer = await signerFor(parts, member, device, wish.words);
  if (!signer.ok) return signer;
  const heads = new Map([...member.readings].map(([id, { state }]) => [id, state.head]));
  const made = await makeRemoveDevice({
    profile: chain.profile,
    ...signer.value,
    device: device.id,
    heads,
    epochKeys: presentKeys(chain, ALL_ROLES),
    kemKeys: chain.kemKeys,
    nowSeconds: secondsOf(parts.now()),
  });
  const posted = await postLink(parts, member, chain, made);
  if (!posted.ok) return posted;
  if (posted.value === 'moved') return ok('moved');
  return ok({ device, renewed: renewedFor(parts.state(), device) });
}

/**
 * Who signs the removal: this device where it approves others. Where the removed one does so too, root, or this device by
 * an act that was announced and has waited.
 */
async function signerFor(
  parts: AccountParts,
  { chain, keys }: ReadMember,
  device: Device,
  words: Redacted<string> | null,
): Promise<Result<{ readonly signer: SigningKey; readonly act?: number }, Failure>> {
  const { profile } = chain;
  if (!hasRoles(device.roles, ROLES.admin)) {
    return isAdmin(profile, keys.signing.id) ? ok({ signer: keys.signing }) : err(failure('account-needs-admin'));
  }
  // Making the new epochs needs every key, which only a device has that reads everything.
  if (activeDevice(profile, keys.signing.id)?.roles !== ALL_ROLES) return err(failure('account-needs-admin'));
  const act = words === null ? dueAct(parts, profile, keys.signing.id, device.id) : null;
  if (act !== null) return ok({ signer: keys.signing, act: act.index });
  const secret = words === null ? accountOf(parts).recovery.secret : secretOf(words);
  if (secret === null) {
    if (words !== null) return err(failure('words-wrong'));
    return err(failure(isAnnounced(profile, device.id) ? 'act-waits' : 'device-needs-words'));
  }
  const root = await rootKeyOf(secret);
  return root.id === keyIdOf(profile.root) ? ok({ signer: root }) : err(failure('words-wrong'));
}

function secretOf(words: Redacted<string>): Redacted<Uint8Array> | null {
  const parsed = parseRecoveryWords(words.reveal());
  return parsed.ok ? parsed.value : null;
}
