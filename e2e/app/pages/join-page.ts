import type { Page } from '@playwright/test';

/** A computer that joins an account: asking, its six digits, and how it ended. */
export const joinPage = (page: Page) => ({
  /** On the first screen of a computer where nothing is enabled. */
  haveAccount: page.getByRole('button', { name: 'I already have an account' }),
  name: page.getByLabel('Account name'),
  request: page.getByRole('button', { name: 'Request', exact: true }),
  invitation: page.getByRole('textbox', { name: 'Invitation' }),
  useInvitation: page.getByRole('button', { name: 'Use the invitation' }),
  /** Read in the place of the digits. */
  digits: page.getByRole('img', { name: /^The six digits/ }),
  waiting: page.getByRole('status').filter({ hasText: /Waiting for your other device|tried again/ }),
  takeBack: page.getByRole('button', { name: 'Take the request back' }),
  confirming: page.getByRole('heading', { name: 'Your other device has answered', level: 1 }),
  joined: page.getByRole('heading', { name: 'This computer has joined', level: 1 }),
  ended: (title: string) => page.getByRole('heading', { name: title, level: 1 }),
  again: page.getByRole('button', { name: 'Request again' }),
  /** One thing that is done on the computer that joined. */
  row: (says: string) => page.getByRole('listitem').filter({ hasText: says }),
  done: page.getByRole('button', { name: 'Done' }),
  /** An invitation that was opened, before anything is done. */
  linkQuestion: page.getByRole('heading', { name: 'Join this account?', level: 1 }),
  linkJoin: page.getByRole('button', { name: 'Join', exact: true }),
  linkCancel: page.getByRole('button', { name: 'Cancel' }),
  close: page.getByRole('button', { name: 'Close' }),
  linkRefused: page.getByRole('heading', { name: 'This computer belongs to an account already', level: 1 }),
});
