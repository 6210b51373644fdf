import {
  beginProfile,
  extendProfile,
  firstSequenceHead,
  nextHead,
  type Head,
  type Profile,
} from '@endymail/shared/identity/public';
import { ok, type Result } from '@endymail/shared/result';
import { fromHex, parseSequenceId, type KeyId } from '@endymail/shared/sealing/public';
import { isEntry } from '../accounts/entries.ts';
import { isBundleOf } from '../http/routes/links.ts';
import type { KeptAccount, KeptStream } from '../store/sqlite/kept.ts';
import type { StoredHead } from '../store/store.ts';
import { openFolder, type CopyFault } from './copy.ts';

/** What is wrong in a folder that can be opened. `account`: the number of its row. */
export type Finding =
  | { readonly kind: 'not-whole' }
  | { readonly kind: 'strays'; readonly count: number }
  | { readonly kind: 'chain' | 'entries' | 'counted'; readonly account: number };

/** All that was found. */
export interface Verified {
  readonly accounts: number;
  readonly links: number;
  readonly entries: number;
  /** Of links, bundles and entries. */
  readonly bytes: number;
  /** None: everything is as it must be. */
  readonly findings: readonly Finding[];
}

interface Counted {
  links: number;
  entries: number;
  bytes: number;
}

/**
 * Looks at everything that a service keeps in a folder, also while it runs: whether the database is whole, whether each
 * link and entry follows the one before, is signed by a device of the account and leads to the head that is written down,
 * and whether the bundles are those of their links. Changes nothing.
 */
export async function verifyFolder(folder: string): Promise<Result<Verified, CopyFault>> {
  const opened = await openFolder(folder);
  if (!opened.ok) return opened;
  using kept = opened.value.kept;
  const findings: Finding[] = [];
  const sum: Counted = { links: 0, entries: 0, bytes: 0 };
  let accounts = 0;
  // Of rows that can not be read no more can be said.
  if (!kept.isWhole()) return ok({ accounts, ...sum, findings: [{ kind: 'not-whole' }] });
  for (const account of kept.accounts()) {
    accounts += 1;
    const counted = await findIn(account, (kind) => findings.push({ kind, account: account.row }));
    sum.links += counted.links;
    sum.entries += counted.entries;
    sum.bytes += counted.bytes;
  }
  const count = kept.strays();
  if (count > 0) findings.push({ kind: 'strays', count });
  return ok({ accounts, ...sum, findings });
}

async function findIn(account: KeptAccount, found: (kind: 'chain' | 'entries' | 'counted') => void): Promise<Counted> {
  const counted: Counted = { links: 0, entries: 0, bytes: 0 };
  const chain = account.streams.find(({ sequence }) => sequence === null);
  const profile = chain === undefined ? null : await profileIn(chain, account.account, counted);
  if (profile === null) {
    found('chain');
    return counted;
  }
  const sequences = account.streams.filter(({ sequence }) => sequence !== null);
  let isRight = sequences.length === profile.sequences.size;
  for (const stream of sequences) isRight = (await isSequence(stream, profile, counted)) && isRight;
  if (!isRight) found('entries');
  else if (account.bytes !== counted.bytes || account.entries !== counted.entries) found('counted');
  return counted;
}

/** The profile of a chain that is right in every part; null: it is not. */
async function profileIn(chain: KeptStream, account: string, counted: Counted): Promise<Profile | null> {
  const bundles = new Map(chain.bundles().map(({ index, bytes }) => [index, bytes]));
  let profile: Profile | null = null;
  for (const { index, bytes } of chain.items()) {
    const next: Awaited<ReturnType<typeof beginProfile>> =
      profile === null ? await beginProfile(bytes) : await extendProfile(profile, bytes);
    const bundle = bundles.get(index) ?? null;
    if (!next.ok || next.value.head.count !== index + 1) return null;
    if (!(await isBundleOf(next.value, bytes, bundle))) return null;
    profile = next.value;
    counted.links += 1;
    counted.bytes += bytes.length + (bundle?.length ?? 0);
  }
  const isRight = profile !== null && profile.account === account && isAt(profile.head, chain.head);
  return isRight ? profile : null;
}

async function isSequence(stream: KeptStream, profile: Profile, counted: Counted): Promise<boolean> {
  const sequence = parseSequenceId(fromHex(stream.sequence ?? ''));
  if (sequence === null || !profile.sequences.has(sequence)) return false;
  const { account } = profile;
  // Also of one that was removed: what it wrote before stays.
  const keyOf = (device: KeyId): Uint8Array | null => profile.devices.get(device)?.publicKey ?? null;
  let head: Head = firstSequenceHead(account, sequence);
  for (const { index, bytes } of stream.items()) {
    if (index !== head.count || !(await isEntry(bytes, { account, sequence, head, keyOf }))) return false;
    head = nextHead(head, bytes);
    counted.entries += 1;
    counted.bytes += bytes.length;
  }
  return isAt(head, stream.head);
}

const isAt = (head: Head, written: StoredHead): boolean => head.count === written.count && head.hash === written.hash;
