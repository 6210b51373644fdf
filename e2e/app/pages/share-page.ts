import type { Page } from '@playwright/test';

/** The file for the people who write to a mailbox. */
export const sharePage = (page: Page) => ({
  save: page.getByRole('button', { name: 'Save the file…' }),
  fingerprint: page.getByRole('figure', { name: 'Your fingerprint, to read out by telephone' }).getByRole('paragraph'),
  back: page.getByRole('button', { name: 'Back' }),
});
