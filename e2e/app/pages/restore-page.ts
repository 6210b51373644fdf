import type { Page } from '@playwright/test';

/** A backup that is brought back, and how it ended. */
export const restorePage = (page: Page) => ({
  heading: page.getByRole('heading', { name: 'Restore a backup' }),
  passphrase: page.getByLabel('Passphrase of the backup'),
  setAside: page.getByRole('checkbox', { name: /^Set the data that is here aside/ }),
  choose: page.getByRole('button', { name: 'Choose the backup…' }),
  done: page.getByRole('heading', { name: 'Your keys and people are back' }),
  confirmStartOver: page.getByRole('dialog').getByRole('button', { name: 'Set aside and start over' }),
  toHome: page.getByRole('button', { name: 'Go to Home' }),
});
