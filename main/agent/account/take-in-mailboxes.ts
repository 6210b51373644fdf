import { itemIdOf, type AuthorityItem, type ItemId, type KeyItem, type MailboxItem } from '@endymail/shared/catalog';
import type { MailAddress } from '@endymail/shared/mail';
import { equalBytes, hash32Of, type Hash32 } from '@endymail/shared/sealing';
import { certificateFacts, checkMailboxAuthority, checkMailboxProfile, isKeyPair } from '../certificates/index.ts';
import type { HeldAuthority, KeyAndCertificate } from '../certificates/key-and-certificate.ts';
import { FORMER_MAX, MAILBOXES_MAX } from '../home/state-codec.ts';
import type { MailboxRecord } from '../home/state.ts';
import { itemsOfKind, type Folds } from './folds.ts';
import { decided } from './three-way.ts';
import type { Withheld, WithheldReason } from './withheld.ts';

export interface MailboxesTakenIn {
  /** The array that was given when nothing in it changed. */
  readonly mailboxes: readonly MailboxRecord[];
  readonly withheld: Withheld;
}

/**
 * The mailboxes with what the catalogs say of them: which key is in use, and all keys that there ever were. Those of the
 * state are never given up. Whether a mailbox is on stays each computer's own; one that is new here begins as the catalog
 * says. A CA is taken only when it is exactly one of this mailbox: it becomes trusted in the mail clients.
 */
export async function takeInMailboxes(
  local: readonly MailboxRecord[],
  base: Folds,
  folds: Folds,
): Promise<MailboxesTakenIn> {
  const before = byAddress(itemsOfKind(base, 'mailbox'));
  const keys = Map.groupBy(itemsOfKind(folds, 'key'), ({ address }) => address);
  const authorities = itemsOfKind(folds, 'authority');
  const known = new Map(local.map((mailbox) => [mailbox.address, mailbox]));
  const withheld = new Map<ItemId, WithheldReason>();
  for (const item of itemsOfKind(folds, 'mailbox').toSorted(byName)) {
    const mailbox = known.get(item.address) ?? null;
    const taken = await takeInMailbox({
      local: mailbox,
      base: before.get(item.address) ?? null,
      item,
      keys: keys.get(item.address) ?? [],
      authorities,
    });
    const fits = taken.record !== null && (mailbox !== null || known.size < MAILBOXES_MAX);
    if (taken.record !== null && fits) known.set(item.address, taken.record);
    if (taken.refused || !fits) withheld.set(itemIdOf(item), taken.refused ? 'bad-certificate' : 'too-many');
  }
  const mailboxes = Array.from(known.values());
  const unchanged = mailboxes.length === local.length && mailboxes.every((mailbox, index) => mailbox === local[index]);
  return { mailboxes: unchanged ? local : mailboxes, withheld };
}

interface OneMailbox {
  readonly local: MailboxRecord | null;
  readonly base: MailboxItem | null;
  readonly item: MailboxItem;
  readonly keys: readonly KeyItem[];
  readonly authorities: readonly AuthorityItem[];
}

/** The record, `null` where there can be none; `refused`: what the catalog says of it is not believed. */
interface TakenMailbox {
  readonly record: MailboxRecord | null;
  readonly refused: boolean;
}

async function takeInMailbox(one: OneMailbox): Promise<TakenMailbox> {
  const { local, item } = one;
  const keys = allKeys(one);
  const current = keys.get(item.certificate);
  const wins = decided({
    local: local && hash32Of(local.current.certificate),
    base: one.base?.certificate ?? null,
    remote: item.certificate,
    same: (left: Hash32 | null, right: Hash32 | null) => left === right,
  });
  const accepted = wins === 'remote' && current !== undefined && (await isMailbox(one, current));
  if (accepted) {
    const authority = heldAuthority(one);
    const base = local ?? { address: item.address, enabled: item.enabled, replaceOwn: false };
    const record = { ...base, algorithm: item.algorithm, authority, current, former: formerOf(keys, current) };
    return { record: local && sameMailbox(local, record) ? local : record, refused: false };
  }
  if (local === null) return { record: null, refused: true };
  const record = { ...local, former: formerOf(keys, local.current) };
  return { record: sameMailbox(local, record) ? local : record, refused: wins === 'remote' };
}

/**
 * By the SHA-256 of their certificates: those of the state as they are, the one in use, and as many others of the catalog
 * as there is room for, so that a flood of them pushes out none that was here.
 */
function allKeys({ local, item, keys: items }: OneMailbox): ReadonlyMap<Hash32, KeyAndCertificate> {
  const held = local === null ? [] : [local.current, ...local.former];
  const keys = new Map(held.map((key) => [hash32Of(key.certificate), key]));
  for (const { certificate, pkcs8 } of items) {
    const hash = hash32Of(certificate);
    const key = { certificate, privateKey: pkcs8 };
    const hasRoom = keys.size < FORMER_MAX || hash === item.certificate;
    if (hasRoom && !keys.has(hash) && isKeyPair(key)) keys.set(hash, key);
  }
  return keys;
}

async function isMailbox({ local, item }: OneMailbox, current: KeyAndCertificate): Promise<boolean> {
  const { address, authority } = item;
  const sameAuthority = local !== null && equalBytes(local.authority.certificate, authority);
  if (sameAuthority && local.current === current) return true;
  const trusted = sameAuthority || (await checkMailboxAuthority(authority, address)).ok;
  return trusted && (await checkMailboxProfile({ certificate: current.certificate, authority, address })).ok;
}

function heldAuthority({ local, item, authorities }: OneMailbox): HeldAuthority {
  const known = local !== null && equalBytes(local.authority.certificate, item.authority) ? local.authority : null;
  if (known !== null && known.privateKey !== null) return known;
  const found = authorities.find(({ certificate }) => equalBytes(certificate, item.authority));
  const key = found && { certificate: item.authority, privateKey: found.pkcs8 };
  if (key !== undefined && isKeyPair(key)) return key;
  return known ?? { certificate: item.authority, privateKey: null };
}

/** Newest first, and in one order on all devices. */
function formerOf(keys: ReadonlyMap<Hash32, KeyAndCertificate>, current: KeyAndCertificate): KeyAndCertificate[] {
  const former = Array.from(keys, ([hash, key]) => ({ hash, key, from: certificateFacts(key.certificate).notBefore }));
  return former
    .filter(({ key }) => key !== current)
    .toSorted((a, b) => b.from.getTime() - a.from.getTime() || (a.hash < b.hash ? -1 : 1))
    .slice(0, FORMER_MAX)
    .map(({ key }) => key);
}

function sameMailbox(left: MailboxRecord, right: MailboxRecord): boolean {
  return (
    left.current === right.current &&
    left.authority === right.authority &&
    left.algorithm === right.algorithm &&
    left.former.length === right.former.length &&
    left.former.every((key, index) => key === right.former[index])
  );
}

const byAddress = (items: readonly MailboxItem[]): ReadonlyMap<MailAddress, MailboxItem> =>
  new Map(items.map((item) => [item.address, item]));

const byName = (left: MailboxItem, right: MailboxItem): number => (left.address < right.address ? -1 : 1);
