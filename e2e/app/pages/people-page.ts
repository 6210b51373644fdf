import type { Page } from '@playwright/test';

/** The people to whom mail is encrypted. */
export function peoplePage(page: Page) {
  const dialog = page.getByRole('dialog');
  return {
    heading: page.getByRole('heading', { name: 'People', level: 1 }),
    add: page.getByRole('button', { name: 'Add somebody…' }),
    person: (address: string) => page.getByRole('main').getByRole('button', { name: address }),
    /** The question that stands in front of the window. */
    dialog,
    fingerprint: dialog.getByRole('figure').getByRole('paragraph'),
    same: dialog.getByRole('button', { name: 'They told me the same: add' }),
    notSame: dialog.getByRole('button', { name: 'Not the same' }),
    startRemoval: dialog.getByRole('button', { name: 'Remove…' }),
    remove: dialog.getByRole('button', { name: 'Remove', exact: true }),
    close: dialog.getByRole('button', { name: 'Close' }),
  };
}
