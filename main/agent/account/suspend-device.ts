import { err, failure, ok, type Failure, type Redacted, type Result } from '@endymail/shared/result';
import { ALL_ROLES, isSuspended, makeChangeRole, maySuspend, type Device } from '@endymail/shared/identity';
import { keyIdOf, parseRecoveryWords, rootKeyOf, type SigningKey } from '@endymail/shared/sealing';
import { accountOf } from './account-of.ts';
import type { AccountParts } from './account-parts.ts';
import { presentKeys, type ReadMember } from './approve.ts';
import { secondsOf } from './items-of-state.ts';
import { mayLink, postLink } from './link-out.ts';

/**
 * Suspends a device, or resumes it: every catalog begins an epoch, without it or with it again.
 * `moved`: another device was first; sync, and do it again.
 */
export async function suspendDevice(
  parts: AccountParts,
  member: ReadMember,
  wish: { readonly id: string; readonly to: 'suspended' | 'active'; readonly words: Redacted<string> | null },
): Promise<Result<'posted' | 'moved', Failure>> {
  const { chain, keys } = member;
  const device = [...chain.profile.devices.values()].find((one) => one.id === wish.id);
  if (device?.removed !== null) return err(failure('device-unknown'));
  if (device.id === keys.signing.id) return err(failure('device-this'));
  // By this device, whose answer was lost, or by another.
  if (isSuspended(device) === (wish.to === 'suspended')) return ok('posted');
  const free = mayLink(parts);
  if (!free.ok) return free;
  const signer = await signerFor(parts, member, device, wish.words);
  if (!signer.ok) return signer;
  const made = await makeChangeRole({
    profile: chain.profile,
    signer: signer.value,
    device,
    heads: new Map([...member.readings].map(([id, { state }]) => [id, state.head])),
    epochKeys: presentKeys(chain, ALL_ROLES),
    kemKeys: chain.kemKeys,
    nowSeconds: secondsOf(parts.now()),
  });
  return postLink(parts, member, chain, made);
}

/** Who signs it: this device where it may; else root, from the words that are typed, or are still here. */
async function signerFor(
  parts: AccountParts,
  { chain, keys }: ReadMember,
  device: Device,
  words: Redacted<string> | null,
): Promise<Result<SigningKey, Failure>> {
  const { profile } = chain;
  if (words === null && maySuspend(profile, keys.signing.id, device, secondsOf(parts.now()))) return ok(keys.signing);
  const typed = words === null ? ok(accountOf(parts).recovery.secret) : parseRecoveryWords(words.reveal());
  if (!typed.ok) return err(failure('words-wrong'));
  if (typed.value === null) return err(failure('act-too-young'));
  const root = await rootKeyOf(typed.value);
  return root.id === keyIdOf(profile.root) ? ok(root) : err(failure('words-wrong'));
}
