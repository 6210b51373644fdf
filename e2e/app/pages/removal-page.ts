import type { Page } from '@playwright/test';

/** One mailbox turned off, everything undone, or Endymail taken off this computer. */
export function removalPage(page: Page) {
  const dialog = page.getByRole('dialog');
  return {
    turnOff: page.getByRole('button', { name: 'Turn off and undo', exact: true }),
    undoEverything: page.getByRole('button', { name: 'Undo everything', exact: true }),
    leaveChanges: page.getByRole('radio', { name: 'Leave it as I have it' }),
    toHome: page.getByRole('main').getByRole('button', { name: 'Home', exact: true }).last(),
    startRemoval: page.getByRole('button', { name: 'Remove…' }),
    remove: dialog.getByRole('button', { name: 'Undo everything and remove' }),
    removed: page.getByRole('heading', { name: 'Endymail is removed from this computer' }),
  };
}
