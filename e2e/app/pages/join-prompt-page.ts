import type { Page } from '@playwright/test';

/** The question *A device asks to join*, over whatever screen there is, and how it ended. */
export function joinPromptPage(page: Page) {
  const dialog = page.getByRole('dialog');
  const titled = (name: string | RegExp) => page.getByRole('dialog', { name });
  return {
    question: titled('A device asks to join'),
    digits: dialog.getByRole('textbox', { name: /^Type the six digits/ }),
    mayApprove: dialog.getByRole('checkbox', { name: /^It may approve other devices too/ }),
    approve: dialog.getByRole('button', { name: 'Approve' }),
    notMe: dialog.getByRole('button', { name: 'It was not me' }),
    later: dialog.getByRole('button', { name: 'Decide later' }),
    next: dialog.getByRole('button', { name: 'Show the next' }),
    waiting: page.getByText('Waiting for the other device to answer…'),
    /** The same picture as on the other device. */
    joined: titled(/ has joined$/),
    remove: dialog.getByRole('button', { name: /^Remove .+…$/ }),
    done: dialog.getByRole('button', { name: 'Done' }),
    notAdded: titled('The device was not added'),
    again: dialog.getByRole('button', { name: 'Try again' }),
    wrongDigits: titled('The digits did not match'),
    turnedAway: titled('The device was turned away'),
    ended: titled('This request has ended'),
    close: dialog.getByRole('button', { name: 'Close' }),
    /** In the place of the question while the person types. */
    line: page.locator('.asks'),
    look: page.locator('.asks').getByRole('button', { name: 'Look' }),
  };
}
