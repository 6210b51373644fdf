import type { Page } from '@playwright/test';

/** What the person chooses, and what becomes of their data. */
export const settingsPage = (page: Page) => ({
  heading: page.getByRole('heading', { name: 'Settings', level: 1 }),
  stopAndName: page.getByRole('radio', { name: /^Stop and name the person/ }),
  backUp: page.getByRole('button', { name: /^Back up…/ }),
  restore: page.getByRole('button', { name: /^Restore a backup…/ }),
  undo: page.getByRole('button', { name: /^Undo everything…/ }),
  remove: page.getByRole('button', { name: /^Remove Endymail from this computer…/ }),
});
