import type { Page } from '@playwright/test';

/** One mailbox: its state, what is so in each place, and what can be done with it. */
export const mailboxPage = (page: Page) => ({
  heading: (address: string) => page.getByRole('heading', { name: address, level: 1 }),
  check: page.getByRole('button', { name: 'Check' }),
  putBack: page.getByRole('button', { name: 'Put settings back' }),
  enableAgain: page.getByRole('button', { name: 'Enable again' }),
  leave: page.getByRole('button', { name: 'Leave as I have it' }),
  enable: page.getByRole('button', { name: 'Enable…' }),
  closedIt: page.getByRole('button', { name: 'I have closed it' }),
  share: page.getByRole('button', { name: /^Share…/ }),
  exportForPhone: page.getByRole('button', { name: /^Export for a phone…/ }),
  turnOff: page.getByRole('button', { name: /^Turn off and undo…/ }),
});
