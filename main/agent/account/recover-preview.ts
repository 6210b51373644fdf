import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { AccountMark, RecoveryPreview } from '@endymail/shared/account';
import type { Reading } from '@endymail/shared/catalog';
import { linkIn } from '@endymail/shared/identity';
import { fingerprintText, peekSigner, type KeyId, type SequenceId } from '@endymail/shared/sealing';
import type { Kit } from './account-agent.ts';
import type { AccountParts } from './account-parts.ts';
import { deviceViews } from './account-views.ts';
import { chainMark } from './chain-mark.ts';
import type { Chain } from './follow-chain.ts';
import { timeOf } from './items-of-state.ts';
import { foldsOf } from './member.ts';
import { pull } from './pull.ts';
import { readByWords } from './read-by-words.ts';

/**
 * What the words would bring back, and as of when the service shows it. Changes nothing. Errors: as `readByWords`.
 */
export async function previewRecovery(parts: AccountParts, kit: Kit): Promise<Result<RecoveryPreview, Failure>> {
  const { account } = parts.state();
  if (account !== null && account.standing !== 'recovering') return err(failure('account-exists'));
  const read = await readByWords(parts, kit);
  if (!read.ok) return read;
  const { chain, client, root, name } = read.value;
  const { profile } = chain;
  const readings = new Map<SequenceId, Reading>();
  const last = await lastLinks(chain);
  for (const sequence of profile.sequences.keys()) {
    const wish = { chain, device: root.id, sequence, known: null, written: null, until: null };
    const pulled = await pull(client, wish);
    if (!pulled.ok) return pulled;
    if ('stop' in pulled.value) return err(failure('mesh-lied', undefined, pulled.value.stop));
    readings.set(sequence, pulled.value.reading);
    for (const [writer, seconds] of pulled.value.seen) later(last.bySigner, writer, seconds);
  }
  const devices = deviceViews({ profile, folds: foldsOf(readings) }, root.id, last.bySigner);
  return ok({
    name: `${name.local}@${name.host}`,
    fingerprint: fingerprintText(profile.account),
    asOf: markAt(chain, last.seconds),
    devices: devices.filter(({ state }) => state !== 'removed'),
  });
}

/** How far a chain has come, for the paper with the words. */
export async function markOf(chain: Pick<Chain, 'profile' | 'links'>): Promise<AccountMark> {
  return markAt(chain, (await lastLinks(chain)).seconds);
}

const markAt = ({ profile }: Pick<Chain, 'profile'>, seconds: number): AccountMark => ({
  mark: chainMark(profile),
  at: timeOf(seconds).toISOString(),
});

const later = (times: Map<KeyId, number>, signer: KeyId, seconds: number): Map<KeyId, number> =>
  times.set(signer, Math.max(seconds, times.get(signer) ?? 0));

/** When each signed a link last, and when anybody did, by their clocks. */
async function lastLinks({
  profile,
  links,
}: Pick<Chain, 'profile' | 'links'>): Promise<{ readonly seconds: number; readonly bySigner: Map<KeyId, number> }> {
  const bySigner = new Map<KeyId, number>();
  let seconds = profile.created;
  for (const bytes of links) {
    const link = await linkIn(profile, bytes);
    const signer = peekSigner(bytes);
    if (link === null || signer === null) continue;
    seconds = Math.max(seconds, link.time);
    later(bySigner, signer, link.time);
  }
  return { seconds, bySigner };
}
