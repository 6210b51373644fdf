import type { Page } from '@playwright/test';

/** There is no mailbox to show: why, and the ways on. */
export const nothingFoundPage = (page: Page) => ({
  why: (title: string) => page.getByRole('heading', { name: title }),
  get: page.getByRole('button', { name: 'Get Thunderbird' }),
  lookAgain: page.getByRole('button', { name: 'Look again' }),
  otherFolder: page.getByRole('button', { name: 'Other folder…' }),
});
