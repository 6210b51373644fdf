import { ROLES, hasRoles, type Device } from '@endymail/shared/identity';
import type { MailAddress } from '@endymail/shared/mail';
import type { AgentState, MailboxRecord } from '../home/state.ts';
import { createMailboxAuthority, issueMailboxCertificate, parseCertificate } from '../certificates/index.ts';

/** Whether this computer can make new keys for a mailbox. */
export const hasCaKey = ({ authority }: MailboxRecord): boolean => authority.privateKey !== null;

/** The mailboxes that get new keys, or have them, where this device is removed. */
export const renewedFor = ({ mailboxes }: AgentState, { roles }: Device): readonly MailAddress[] =>
  hasRoles(roles, ROLES.mail) ? mailboxes.filter(hasCaKey).map(({ address }) => address) : [];

/** Each mailbox with a new CA and a new certificate, so that who knows the old ones reads nothing new; those stay for old mail. */
export async function withNewKeys(state: AgentState, now: Date): Promise<AgentState> {
  const mailboxes = await Promise.all(
    state.mailboxes.map(async (mailbox): Promise<MailboxRecord> => {
      if (!hasCaKey(mailbox)) return mailbox;
      const { address, algorithm, current, former } = mailbox;
      const facts = parseCertificate(current.certificate);
      const authority = await createMailboxAuthority({ address, algorithm, now });
      const name = facts.ok ? facts.value.commonName : address;
      const next = await issueMailboxCertificate({ authority, address, name, algorithm, now });
      return { ...mailbox, authority, current: next, former: [current, ...former] };
    }),
  );
  return { ...state, mailboxes };
}
