import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { ROLES, hasRoles, linkIn, type NewLink, type Profile } from '@endymail/shared/identity';
import { isProblem, meshFailure } from '../mesh/index.ts';
import { accountOf } from './account-of.ts';
import type { AccountParts } from './account-parts.ts';
import type { OutboxItem, OwnDevice } from './account-record.ts';
import type { Chain } from './follow-chain.ts';
import type { Member } from './member.ts';
import { renewedFor, withNewKeys } from './new-mailbox-keys.ts';
import { tasksAfter } from './tasks.ts';

/** How often another device may be first with a link before it is left for later. */
export const LINK_TRIES_MAX = 8;

export type LinkItem = Extract<OutboxItem, { kind: 'link' }>;

/**
 * Whether another link may be signed. Not as long as one is in the outbox whose place is open: two of them over one head
 * would prove that this device shows the others two accounts (R30).
 */
export const mayLink = (parts: AccountParts): Result<void, Failure> =>
  accountOf(parts).outbox.some(({ kind }) => kind === 'link')
    ? err(failure('mesh-refused', undefined, 'what this device signed before was neither taken nor overtaken'))
    : ok();

/**
 * Posts a link that was signed behind the head of `chain`, after it lies in the outbox: these bytes and no others are
 * sent for that place until it is decided (R30), also where the service refused them.
 * `moved`: another device seems to have been first; the next sync looks.
 */
export async function postLink(
  parts: AccountParts,
  member: Member,
  chain: Chain,
  made: NewLink,
): Promise<Result<'posted' | 'moved', Failure>> {
  const { account, head } = chain.profile;
  const item: LinkItem = { kind: 'link', after: head, link: made.link, bundle: made.bundle };
  const remembered = await parts.update({ ...parts.state(), account: { ...accountOf(parts), outbox: [item] } });
  if (!remembered.ok) return remembered;
  const body = { expected: head, link: made.link, bundle: made.bundle };
  const sent = await member.client.appendLink({ account, body });
  if (!sent.ok) return isProblem(sent.error, 'chain-moved') ? ok('moved') : err(meshFailure(sent.error));
  if (sent.value.hash !== made.profile.head.hash) {
    return err(failure('mesh-lied', undefined, 'another head than that of what was sent'));
  }
  const finished = await finishLink(parts, made.profile, item);
  return finished.ok ? ok('posted') : finished;
}

/** The same for a link that waits in the outbox, by the chain as it is now. Error `mesh-lied`: its place is still open. */
export async function finishOvertaken(parts: AccountParts, { profile }: Chain): Promise<Result<void, Failure>> {
  const item = accountOf(parts).outbox.find((one) => one.kind === 'link');
  if (item === undefined) return ok();
  return profile.head.count > item.after.count
    ? finishLink(parts, profile, item)
    : err(failure('mesh-lied', undefined, 'a link that was taken, or overtaken, is not shown'));
}

/**
 * A link whose place in the chain is decided leaves the outbox. Where it is there and removed a device that had the
 * mailboxes' keys, they are renewed in the same step, so that no crash and no lost answer comes between (R5).
 */
async function finishLink(parts: AccountParts, profile: Profile, item: LinkItem): Promise<Result<void, Failure>> {
  const link = await linkIn(profile, item.link);
  const removed = link?.body.kind === 'remove-device' ? profile.devices.get(link.body.device) : undefined;
  // Who brings the account back removes several: the keys are renewed once, with the step that ends it.
  const isLast = accountOf(parts).standing !== 'recovering';
  const isRenewing = isLast && removed !== undefined && hasRoles(removed.roles, ROLES.mail);
  const state = isRenewing ? await withNewKeys(parts.state(), parts.now()) : parts.state();
  const account = accountOf(parts);
  const outbox = account.outbox.filter(({ kind }) => kind !== 'link');
  const tasks =
    removed === undefined
      ? account.tasks
      : [...account.tasks, ...tasksAfter(removed, renewedFor(state, removed), parts.now())];
  const device = withDecidedKey(account.device, link?.body.kind === 'replace-keys');
  return parts.update({ ...state, account: { ...account, device, outbox, tasks } });
}

/** The key that was to be replaced is gone from here where it was, and the other one where it was not. */
const withDecidedKey = ({ kemSeed, nextKemSeed, ...device }: OwnDevice, isReplaced: boolean): OwnDevice => ({
  ...device,
  kemSeed: isReplaced && nextKemSeed !== null ? nextKemSeed : kemSeed,
  nextKemSeed: null,
});
