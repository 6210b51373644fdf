import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { NewLink } from '@endymail/shared/identity';
import { isProblem, meshFailure } from '../mesh/index.ts';
import type { AccountParts } from './account-parts.ts';
import type { AccountRecord } from './account-record.ts';
import { accountOf } from './sync.ts';
import type { Chain } from './follow-chain.ts';
import type { Member } from './member.ts';

/**
 * Posts a link that was signed behind the head of `chain`, after it lies in the outbox: these bytes and no others are
 * sent for that place until it is decided (R30). `moved`: another device was first, and the link has to be made anew.
 */
export async function postLink(
  parts: AccountParts,
  member: Member,
  chain: Chain,
  made: NewLink,
): Promise<Result<'posted' | 'moved', Failure>> {
  const { account, head } = chain.profile;
  const item: AccountRecord['outbox'][number] = { kind: 'link', after: head, link: made.link, bundle: made.bundle };
  const remembered = await remember(parts, [item]);
  if (!remembered.ok) return remembered;
  const body = { expected: head, link: made.link, bundle: made.bundle };
  const sent = await member.client.appendLink({ account, body });
  const isMoved = !sent.ok && isProblem(sent.error, 'chain-moved');
  if (!sent.ok && !isMoved) {
    // Where it was refused for good, sending it again would be refused again.
    if (sent.error.kind === 'problem') await remember(parts, []);
    return err(meshFailure(sent.error));
  }
  const settled = await remember(parts, []);
  if (!settled.ok) return settled;
  if (sent.ok && sent.value.hash !== made.profile.head.hash) {
    return err(failure('mesh-lied', undefined, 'another head than that of what was sent'));
  }
  return ok(isMoved ? 'moved' : 'posted');
}

const remember = (parts: AccountParts, outbox: AccountRecord['outbox']): Promise<Result<void, Failure>> =>
  parts.update({ ...parts.state(), account: { ...accountOf(parts), outbox } });
