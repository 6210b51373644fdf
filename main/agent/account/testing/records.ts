import { parseMailAddress, type MailAddress } from '@endymail/shared/mail';
import {
  certificateFacts,
  certificateId,
  createAnchor,
  createMailboxAuthority,
  issueCrossCertificate,
  issueMailboxCertificate,
} from '../../certificates/index.ts';
import { signCertificate } from '../../certificates/encode.ts';
import { newIssuance } from '../../certificates/issuance.ts';
import type { HeldAuthority, KeyAndCertificate } from '../../certificates/key-and-certificate.ts';
import { mailboxAuthorityContent } from '../../certificates/profile.ts';
import type { AgentState, MailboxRecord, PersonRecord } from '../../home/state.ts';
import { secondsOf } from '../items-of-state.ts';

export const NOW = new Date('2026-11-24T12:00:00Z');
const DAY_MS = 86_400_000;

export const daysLater = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);

export function address(text: string): MailAddress {
  const parsed = parseMailAddress(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

export const alice = address('alice@example.test');
export const work = address('alice@work.example');
export const bob = address('bob@example.test');

/** A mailbox as `enable` makes it. */
export async function mailboxRecord(of: MailAddress, now = NOW): Promise<MailboxRecord> {
  const algorithm = 'ec-p256';
  const authority = await createMailboxAuthority({ address: of, algorithm, now });
  const current = await issueMailboxCertificate({ authority, address: of, name: 'Alice', algorithm, now });
  return { address: of, enabled: true, algorithm, authority, current, former: [], replaceOwn: false };
}

/** The mailbox with a new key. */
export async function renewed(mailbox: MailboxRecord, now: Date): Promise<MailboxRecord> {
  const { address: of, algorithm, authority } = mailbox;
  const issuer = issuerOf(authority);
  const current = await issueMailboxCertificate({ authority: issuer, address: of, name: 'Alice', algorithm, now });
  return { ...mailbox, current, former: [mailbox.current, ...mailbox.former] };
}

const anchor = await createAnchor({ now: NOW });

/** A person as `addPerson` makes it, vouched for by the anchor of nobody. */
export async function personRecord(of: MailAddress, addedAt = NOW): Promise<PersonRecord> {
  const { authority, current } = await mailboxRecord(of);
  return personWith(of, authority.certificate, current.certificate, addedAt);
}

/** The person with another certificate of the same CA. */
export async function personWith(
  of: MailAddress,
  authority: Uint8Array,
  certificate: Uint8Array,
  addedAt = NOW,
): Promise<PersonRecord> {
  const crossCertificate = await issueCrossCertificate({ anchor, authority, address: of, now: NOW });
  return { address: of, authority, certificate, crossCertificate, addedAt };
}

/** A person whose CA is as it must be for this address, but has the key of another one. */
export async function personUnderKeyOf(authority: HeldAuthority, of: MailAddress): Promise<PersonRecord> {
  const { publicKey } = certificateFacts(authority.certificate);
  const issuer = issuerOf(authority);
  const certificate = await signCertificate(
    mailboxAuthorityContent({ publicKey, address: of }),
    newIssuance({ now: NOW, validityMs: DAY_MS }),
    { algorithm: 'ec-p256', privateKey: issuer.privateKey },
  );
  const leaf = {
    authority: { ...issuer, certificate },
    address: of,
    name: '',
    algorithm: 'ec-p256',
    now: NOW,
  } as const;
  return personWith(of, certificate, (await issueMailboxCertificate(leaf)).certificate);
}

function issuerOf({ certificate, privateKey }: HeldAuthority): KeyAndCertificate {
  if (privateKey === null) throw new Error('a mailbox of a test has no key of its CA');
  return { certificate, privateKey };
}

/** What two devices of one account must have in common when both have everything. */
export function sharedView({ mailboxes, people, settings }: AgentState): object {
  return {
    mailboxes: mailboxes
      .map(({ address: of, algorithm, authority, current, former }) => ({
        of,
        algorithm,
        authority: certificateId(authority.certificate),
        current: certificateId(current.certificate),
        former: former.map(({ certificate }) => certificateId(certificate)),
      }))
      .toSorted((a, b) => (a.of < b.of ? -1 : 1)),
    people: people
      .map(({ address: of, authority, certificate, addedAt }) => ({
        of,
        authority: certificateId(authority),
        certificate: certificateId(certificate),
        added: secondsOf(addedAt),
      }))
      .toSorted((a, b) => (a.of < b.of ? -1 : 1)),
    settings,
  };
}
