import type { Page } from '@playwright/test';

/** The data can not be opened: why, and the one way on. */
export const closedPage = (page: Page) => ({
  why: (title: string) => page.getByRole('heading', { name: title }),
  unlock: page.getByRole('button', { name: 'Unlock…' }),
  passphrase: page.getByLabel('Passphrase', { exact: true }),
  open: page.getByRole('button', { name: 'Unlock', exact: true }),
  tryAgain: page.getByRole('button', { name: 'Try again' }),
  restore: page.getByRole('button', { name: 'Restore a backup…' }),
  startOver: page.getByRole('button', { name: 'Start over…' }),
});
