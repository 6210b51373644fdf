import type { ClientProfile, MailAddress } from '@endymail/shared/mail';

/** The profiles that have a mailbox of this address. */
export function profilesWith(profiles: readonly ClientProfile[], address: MailAddress): readonly ClientProfile[] {
  return profiles.filter(({ identities }) => identities.some((identity) => identity.address === address));
}
