import type { MailboxList, MailboxPlace, MailboxRow } from '@endymail/shared/mail';
import type { MailboxesView, MailboxView, PlaceView } from '@endymail/shared/ipc';

/** The list of mailboxes as the page shows it: without the paths, keys and settings that the agent knows of. */
export function mailboxesView({ rows, problems }: MailboxList, lookedAt: Date): MailboxesView {
  return { rows: rows.map(mailboxView), problems, lookedAt: lookedAt.toISOString() };
}

function mailboxView({ address, name, state, suggested, reasons, places }: MailboxRow): MailboxView {
  return { address, name, state, suggested, reasons, places: places.map(placeView) };
}

function placeView({ profile, identity, setup }: MailboxPlace): PlaceView {
  return {
    profileId: profile.id,
    product: profile.product,
    version: profile.version,
    profileName: profile.name,
    inUse: profile.inUse,
    running: profile.running,
    accountName: identity.account.name,
    identityName: identity.name,
    setup,
  };
}
