import { itemIdOfPerson, type ItemId, type PersonItem } from '@endymail/shared/catalog';
import type { MailAddress } from '@endymail/shared/mail';
import {
  authorityFingerprint,
  certificateFacts,
  checkMailboxAuthority,
  checkMailboxProfile,
  createAnchor,
  issueCrossCertificate,
} from '../certificates/index.ts';
import type { KeyAndCertificate } from '../certificates/key-and-certificate.ts';
import type { AgentState, PersonRecord } from '../home/state.ts';
import { PEOPLE_MAX } from '../people/people.ts';
import { itemsOfKind, samePerson, type Folds } from './folds.ts';
import { personItem, timeOf } from './items-of-state.ts';
import { decided } from './three-way.ts';
import type { Withheld, WithheldReason } from './withheld.ts';

export interface PeopleRequest {
  /** With the mailboxes taken in already. */
  readonly state: AgentState;
  readonly withheld: Withheld;
  readonly base: Folds;
  readonly folds: Folds;
  readonly now: Date;
}

export interface PeopleTakenIn {
  readonly anchor: KeyAndCertificate | null;
  /** The array that was given when nothing in it changed. */
  readonly people: readonly PersonRecord[];
  readonly withheld: Withheld;
}

/**
 * The people that the catalogs name, by the rules by which one is added here (see people.ts), but that a changed CA is
 * believed: the person compared it on another of their devices. Each is vouched for by this device's own anchor.
 */
export async function takeInPeople(request: PeopleRequest): Promise<PeopleTakenIn> {
  const { state, now } = request;
  const withheld = new Map<ItemId, WithheldReason>();
  const people: PersonRecord[] = [];
  let { anchor } = state;
  const own = new Set(state.mailboxes.map(({ address }) => address));
  const authorities = [...state.mailboxes.map(({ authority }) => authority.certificate), anchor?.certificate ?? []];
  const taken = new Set(authorities.flat().map(authorityFingerprint));
  for (const candidate of candidates(request)) {
    const refused = await whyRefused(candidate, { own, taken, count: people.length, now });
    // One that the catalogs do not have yet was admitted here by the same rules, and withholding would lose it.
    if (refused !== null && candidate.shared) {
      withheld.set(itemIdOfPerson(candidate.item.address), refused);
      continue;
    }
    anchor ??= await createAnchor({ now });
    people.push(await personOf(candidate, anchor, now));
    taken.add(authorityFingerprint(candidate.item.authority));
  }
  const unchanged = people.length === state.people.length && people.every((one, index) => one === state.people[index]);
  return { anchor, people: unchanged ? state.people : people, withheld };
}

interface Candidate {
  readonly item: PersonItem;
  readonly local: PersonRecord | null;
  /** Whether the catalogs have it. */
  readonly shared: boolean;
}

/** Everybody who is to be known here, in one order on all devices: who was added first has the first right to a place. */
function candidates({ state, withheld, base, folds }: PeopleRequest): readonly Candidate[] {
  const local = new Map(state.people.map((person) => [person.address, person]));
  const before = byAddress(base);
  const after = byAddress(folds);
  const addresses = new Set([...local.keys(), ...before.keys(), ...after.keys()]);
  return Array.from(addresses)
    .flatMap((address) => {
      const person = local.get(address) ?? null;
      const remote = after.get(address) ?? null;
      const known = before.get(address) ?? null;
      const here = person === null ? (withheld.has(itemIdOfPerson(address)) ? known : null) : personItem(person);
      const item = decided({ local: here, base: known, remote, same }) === 'local' ? here : remote;
      return item === null ? [] : [{ item, local: person, shared: remote !== null }];
    })
    .toSorted((a, b) => a.item.added - b.item.added || (a.item.address < b.item.address ? -1 : 1));
}

const same = (left: PersonItem | null, right: PersonItem | null): boolean =>
  left === null || right === null ? left === right : samePerson(left, right);

const byAddress = (folds: Folds): ReadonlyMap<MailAddress, PersonItem> =>
  new Map(itemsOfKind(folds, 'person').map((item) => [item.address, item]));

interface Known {
  readonly own: ReadonlySet<MailAddress>;
  /** Fingerprints of the CAs that are somebody's already. */
  readonly taken: ReadonlySet<string>;
  readonly count: number;
  readonly now: Date;
}

async function whyRefused({ item, local }: Candidate, known: Known): Promise<WithheldReason | null> {
  if (known.own.has(item.address)) return 'own-address';
  const unchanged = local !== null && samePerson(personItem(local), item);
  if (!unchanged && !(await isPerson(item, known.now))) return 'bad-certificate';
  if (known.taken.has(authorityFingerprint(item.authority))) return 'key-taken';
  return known.count < PEOPLE_MAX ? null : 'too-many';
}

/** As a public part is checked, but that the certificate may have expired since somebody added it. */
async function isPerson({ address, authority, certificate }: PersonItem, now: Date): Promise<boolean> {
  if (!(await checkMailboxAuthority(authority, address)).ok) return false;
  if (!(await checkMailboxProfile({ certificate, authority, address })).ok) return false;
  return certificateFacts(authority).notBefore <= now;
}

async function personOf({ item, local }: Candidate, anchor: KeyAndCertificate, now: Date): Promise<PersonRecord> {
  const known = local === null ? null : personItem(local);
  if (local !== null && known !== null && samePerson(known, item)) return local;
  const { address, authority, certificate } = item;
  const vouched = local !== null && authorityFingerprint(local.authority) === authorityFingerprint(authority);
  const crossCertificate = vouched
    ? local.crossCertificate
    : await issueCrossCertificate({ anchor, authority, address, now });
  return { address, authority, certificate, crossCertificate, addedAt: timeOf(item.added) };
}
