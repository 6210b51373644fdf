import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { ACT_WAIT_SECONDS, linkIn, type Act, type Profile } from '@endymail/shared/identity';
import type { AccountRecord } from './account-record.ts';
import type { Chain } from './follow-chain.ts';
import { secondsOf } from './items-of-state.ts';

/** By so much clocks may differ. */
const TOLERANCE_SECONDS = 3_600;

type Known = Pick<AccountRecord, 'chainHead' | 'lastSyncAt' | 'actsFrom'>;

/**
 * From when on this computer counts the wait of an act, in seconds since 1970: from the time that its link states, but
 * not from before the last time when it was shown a chain without it. So nobody shortens the wait who dates it back, nor a
 * service that holds it back from a computer that asks.
 */
function countedFrom({ chainHead, lastSyncAt, actsFrom }: Known, { index, time }: Pick<Act, 'index' | 'time'>): number {
  const seen = actsFrom.get(index);
  if (seen !== undefined) return seen;
  return index < chainHead.count || lastSyncAt === null ? time : Math.max(time, secondsOf(lastSyncAt));
}

/** The same for all acts that wait, to be remembered. */
export const actsCounted = (known: Known, { acts }: Profile): ReadonlyMap<number, number> =>
  new Map([...acts].map(([index, act]) => [index, countedFrom(known, act)]));

/** Whether an act has waited by this computer's clock too. */
export const hasWaited = (known: Known, act: Act, nowSeconds: number): boolean =>
  nowSeconds >= countedFrom(known, act) + ACT_WAIT_SECONDS - TOLERANCE_SECONDS;

/**
 * Whether every act that the new links of a chain carry out has waited by this computer's clock: the chain itself says
 * only that its signers say so. Error: `act-early`; nothing of that chain is taken over until it has.
 */
export async function inTime(known: Known, { profile, links }: Chain, now: Date): Promise<Result<void, Failure>> {
  for (const bytes of links.slice(known.chainHead.count)) {
    const link = await linkIn(profile, bytes);
    if (link?.body.kind !== 'remove-device' || link.body.act === undefined) continue;
    const index = link.body.act;
    const announced = await linkIn(profile, links[index] ?? new Uint8Array());
    if (announced === null) throw new Error('A verified chain lacks a link that it names');
    const from = countedFrom(known, { index, time: announced.time });
    if (secondsOf(now) < from + ACT_WAIT_SECONDS - TOLERANCE_SECONDS) return err(failure('act-early'));
  }
  return ok();
}
