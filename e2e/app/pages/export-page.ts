import type { Page } from '@playwright/test';

/** The keys of one mailbox in a file for a phone, and then what to do there. */
export const exportPage = (page: Page) => ({
  heading: page.getByRole('heading', { name: 'Export for a phone' }),
  steps: (phone: string) => page.getByRole('region', { name: phone }),
});
