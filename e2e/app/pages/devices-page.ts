import type { Page } from '@playwright/test';

/** The devices of the account, both ways to add one, and removing. */
export function devicesPage(page: Page) {
  const dialog = page.getByRole('dialog');
  const main = page.getByRole('main');
  return {
    heading: page.getByRole('heading', { level: 1, name: 'Devices' }),
    /** The row of a device that belongs to the account. */
    device: (name: string) => main.getByRole('button', { name: new RegExp(`^${name}\\b`) }),
    /** Devices that ask to join, also those that were put off. */
    asking: main.getByRole('region', { name: 'Asking to join' }).getByRole('listitem'),
    look: main.getByRole('button', { name: 'Look…' }),
    removedOnes: main.getByText(/^\d+ devices? removed$/),
    dialog,
    startRemoval: dialog.getByRole('button', { name: 'Remove…' }),
    words: dialog.getByRole('textbox', { name: 'Recovery words' }),
    remove: dialog.getByRole('button', { name: 'Remove', exact: true }),
    removeLater: dialog.getByRole('button', { name: 'Remove in three days' }),
    suspend: dialog.getByRole('button', { name: 'Suspend now' }),
    resume: dialog.getByRole('button', { name: 'Resume' }),
    close: dialog.getByRole('button', { name: 'Close' }),

    add: main.getByRole('button', { name: 'Add a device…' }),
    invite: main.getByRole('button', { name: 'Make an invitation' }),
    copyInvitation: main.getByRole('button', { name: 'Copy the link' }),
    /** The invitation as a picture. */
    picture: main.getByRole('img', { name: /^The invitation/ }),
    showLink: main.getByText('Show the link'),
    link: main.getByText(/^mesh:/),
  };
}
