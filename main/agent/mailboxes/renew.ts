import { issueCrossCertificate, issueMailboxCertificate, parseCertificate, renewalDue } from '../certificates/index.ts';
import type { AgentState, MailboxRecord, PersonRecord } from '../home/state.ts';

/**
 * Renews what is due: certificates of enabled mailboxes and the cross-certificates of people, each at two thirds of its
 * validity. The old key stays for reading old mail. In an account also a mailbox that is off here is renewed, for it may be
 * on elsewhere, and one whose CA key is not here is left to the device that has it. Returns the same object when nothing
 * is due.
 */
export async function renewDue(state: AgentState, now: Date): Promise<AgentState> {
  const isShared = state.account?.standing === 'member';
  const mailboxes = await Promise.all(state.mailboxes.map((mailbox) => renewMailbox(mailbox, { now, isShared })));
  const people = await Promise.all(state.people.map((person) => renewPerson(person, state, now)));
  const unchanged =
    mailboxes.every((mailbox, index) => mailbox === state.mailboxes[index]) &&
    people.every((person, index) => person === state.people[index]);
  return unchanged ? state : { ...state, mailboxes, people };
}

async function renewMailbox(
  mailbox: MailboxRecord,
  { now, isShared }: { readonly now: Date; readonly isShared: boolean },
): Promise<MailboxRecord> {
  if (!mailbox.enabled && !isShared) return mailbox;
  const { certificate, privateKey } = mailbox.authority;
  if (privateKey === null || !renewalDue(mailbox.current.certificate, now)) return mailbox;
  const facts = parseCertificate(mailbox.current.certificate);
  const current = await issueMailboxCertificate({
    authority: { certificate, privateKey },
    address: mailbox.address,
    name: facts.ok ? facts.value.commonName : mailbox.address,
    algorithm: mailbox.algorithm,
    now,
  });
  return { ...mailbox, current, former: [mailbox.current, ...mailbox.former] };
}

async function renewPerson(person: PersonRecord, state: AgentState, now: Date): Promise<PersonRecord> {
  if (!state.anchor || !renewalDue(person.crossCertificate, now)) return person;
  const crossCertificate = await issueCrossCertificate({
    anchor: state.anchor,
    authority: person.authority,
    address: person.address,
    now,
  });
  return { ...person, crossCertificate };
}
