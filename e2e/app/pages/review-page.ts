import type { Page } from '@playwright/test';

/** What will change, before anything does. */
export const reviewPage = (page: Page) => ({
  heading: page.getByRole('heading', { name: 'What will change', level: 1 }),
  /** A line of the plan. */
  line: (says: string) => page.getByRole('listitem').filter({ hasText: says }),
  /** The box that names whom else it touches. */
  consent: (title: string) => page.getByRole('group', { name: title }),
  tick: (label: string) => page.getByRole('checkbox', { name: label }),
  back: page.getByRole('button', { name: 'Back' }),
  setUp: (count: number) =>
    page.getByRole('button', { name: `Set up ${String(count)} ${count === 1 ? 'mailbox' : 'mailboxes'}`, exact: true }),
});
