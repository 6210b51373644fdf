import type { Page } from '@playwright/test';

/** The mailboxes of this computer with ticks. */
export const choosePage = (page: Page) => ({
  heading: page.getByRole('heading', { name: 'Choose your mailboxes' }),
  mailbox: (address: string) => page.getByRole('checkbox', { name: address }),
  lookAgain: page.getByRole('button', { name: 'Look again' }),
  otherFolder: page.getByRole('button', { name: 'Other folder…' }),
  restore: page.getByRole('button', { name: 'Restore a backup…' }),
  /** The way on, for so many mailboxes. */
  enable: (count: number) =>
    page.getByRole('button', { name: `Enable ${String(count)} ${count === 1 ? 'mailbox' : 'mailboxes'}`, exact: true }),
});
