import type { Page } from '@playwright/test';

/** *Use Endymail on your other devices too*, and the recovery words that come next. */
export const createAccountPage = (page: Page) => ({
  /** On the screen after a set-up, and where there is no account. */
  start: page.getByRole('button', { name: 'Set up…' }),
  name: page.getByLabel('Account name'),
  address: page.getByLabel('Address of the mesh service'),
  create: page.getByRole('button', { name: 'Create the account' }),
  wordsHeading: page.getByRole('heading', { name: 'Write down your recovery words', level: 1 }),
  wordsLater: page.getByRole('button', { name: 'Later' }),
});
