import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { Reading } from '@endymail/shared/catalog';
import type { SequenceId } from '@endymail/shared/sealing';
import { isProblem, meshFailure } from '../mesh/index.ts';
import { accountOf } from './account-of.ts';
import type { AccountParts } from './account-parts.ts';
import type { OutboxItem } from './account-record.ts';
import type { Chain } from './follow-chain.ts';
import { finishOvertaken, type LinkItem } from './link-out.ts';
import type { Member } from './member.ts';

type EntriesItem = Extract<OutboxItem, { kind: 'entries' }>;
type Follow = (known: Chain) => Promise<Result<Chain, Failure>>;

/**
 * Settles what was signed and not acknowledged: the same bytes once more where their place is free, and nothing where it
 * is taken, by them or by another's. Answers with the chain as it is then. What the service refuses stays in the outbox.
 */
export async function settle(
  parts: AccountParts,
  member: Member,
  of: { readonly chain: Chain; readonly follow: Follow },
): Promise<Result<Chain, Failure>> {
  let { chain } = of;
  for (const item of accountOf(parts).outbox) {
    if (item.kind === 'entries') {
      const sent = await sendEntries(member, chain, item);
      if (!sent.ok) return sent;
    } else {
      const settled = await settleLink(parts, member, { ...of, chain }, item);
      if (!settled.ok) return settled;
      chain = settled.value;
    }
  }
  return ok(chain);
}

async function settleLink(
  parts: AccountParts,
  member: Member,
  { chain, follow }: { readonly chain: Chain; readonly follow: Follow },
  item: LinkItem,
): Promise<Result<Chain, Failure>> {
  const { after, link, bundle } = item;
  let now = chain;
  if (chain.profile.head.count <= after.count) {
    const body = { expected: after, link, bundle };
    const sent = await member.client.appendLink({ account: chain.profile.account, body });
    if (!sent.ok && !isProblem(sent.error, 'chain-moved')) {
      // Refused for now, or for good: nothing else is signed for that place, and everything else goes on.
      return sent.error.kind === 'problem' ? ok(chain) : err(meshFailure(sent.error));
    }
    const followed = await follow(chain);
    if (!followed.ok) return followed;
    now = followed.value;
  }
  const finished = await finishOvertaken(parts, now);
  return finished.ok ? ok(now) : finished;
}

/** Sent once more; whether they or another's took their place, the reading shows. */
async function sendEntries(member: Member, chain: Chain, item: EntriesItem): Promise<Result<void, Failure>> {
  const { sequence, after, entries } = item;
  const { account } = chain.profile;
  const sent = await member.client.appendEntries({
    account,
    sequence,
    body: { expected: after, entries: [...entries] },
  });
  return sent.ok || isProblem(sent.error, 'sequence-moved') ? ok() : err(meshFailure(sent.error));
}

/**
 * Entries whose place was read leave the outbox; where they were not taken, their change is found anew by comparison.
 * Error `mesh-lied`: the service says that their place is taken, and does not show by what.
 */
export async function finishEntries(
  parts: AccountParts,
  readings: ReadonlyMap<SequenceId, Reading>,
): Promise<Result<void, Failure>> {
  const account = accountOf(parts);
  const sent = account.outbox.filter((item) => item.kind === 'entries');
  if (sent.length === 0) return ok();
  const isOpen = ({ sequence, after }: EntriesItem): boolean =>
    (readings.get(sequence)?.state.head.count ?? Infinity) <= after.count;
  if (sent.some(isOpen)) return err(failure('mesh-lied', undefined, 'entries that were taken are not shown'));
  const outbox = account.outbox.filter(({ kind }) => kind !== 'entries');
  return parts.update({ ...parts.state(), account: { ...account, outbox } });
}
