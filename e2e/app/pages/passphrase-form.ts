import type { Page } from '@playwright/test';

/** Types a new passphrase, twice as it is asked for, and presses the button that uses it. */
export async function giveNewPassphrase(page: Page, passphrase: string, button: string): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByLabel('The same again').fill(passphrase);
  await page.getByRole('button', { name: button }).click();
}
