import type { Page } from '@playwright/test';

/** What needs the person, the mailboxes with their states, people and backup. */
export function homePage(page: Page) {
  const attention = page.getByRole('region', { name: 'Needs attention' });
  return {
    heading: page.getByRole('heading', { level: 1 }),
    lookAgain: page.getByRole('button', { name: 'Look again' }),
    /** From when to when nothing was done. */
    gap: page.getByText(/^Endymail was not at work from /),
    gapRead: page.getByRole('button', { name: 'OK', exact: true }),
    addMailbox: page.getByRole('button', { name: 'Add mailbox' }),
    /** The row of a mailbox; its name ends with its state. */
    mailbox: (address: string) =>
      page.getByRole('region', { name: 'Mailboxes' }).getByRole('button', { name: new RegExp(`^${address}\\b`) }),
    /** One thing that needs the person. */
    attention: (title: string) => attention.getByRole('listitem').filter({ hasText: title }),
  };
}
