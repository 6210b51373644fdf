import type { Page } from '@playwright/test';

/** The set-up as it goes on, and what can be done when it is done. */
export const progressPage = (page: Page) => ({
  underWay: page.getByRole('heading', { name: /^Setting up \S+ mailbox(es)?$/ }),
  done: page.getByRole('heading', { name: /^(Your mailbox is|\S+ mailboxes are) set up$/ }),
  /** The box that asks to close a client. */
  close: page.getByRole('group', { name: 'Close Thunderbird to go on' }),
  closedIt: page.getByRole('button', { name: 'I have closed it' }),
  later: page.getByRole('button', { name: 'Later' }),
  openAgain: page.getByRole('button', { name: 'Open Thunderbird again' }),
  share: page.getByRole('button', { name: 'Share…' }),
  toPeople: page.getByRole('button', { name: 'People' }),
  goHome: page.getByRole('button', { name: 'Go to Home' }),
});
