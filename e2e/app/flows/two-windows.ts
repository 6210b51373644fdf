import { expect, type Page } from '@playwright/test';
import { createAccountPage } from '../pages/create-account-page.ts';
import { homePage } from '../pages/home-page.ts';
import { joinPage } from '../pages/join-page.ts';
import { joinPromptPage } from '../pages/join-prompt-page.ts';

const LOADED = new URL('other-computer.ts', import.meta.url).href;

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The environment of a program on a computer of this name, so many days from now: all run on one machine. */
export const otherComputer = (name: string, daysAhead = 0): Record<string, string> => ({
  ENDYMAIL_TEST_COMPUTER: name,
  ENDYMAIL_TEST_AHEAD_MS: String(daysAhead * DAY_MS),
  NODE_OPTIONS: `--import=${LOADED}`,
});

/** Makes an account at a service, from a screen that offers it; the recovery words are put off. Ends at Home. */
export async function createAccount(page: Page, name: string, host: string): Promise<void> {
  const account = createAccountPage(page);
  await account.start.click();
  await account.name.fill(name);
  await account.address.fill(host);
  await account.create.click();
  await expect(account.wordsHeading).toBeVisible();
  await account.wordsLater.click();
  await expect(homePage(page).attention('recovery words')).toBeVisible();
}

/** Asks to join, from the first screen of a new computer. Returns the digits that it shows. */
export async function askToJoin(page: Page, account: string): Promise<string> {
  const join = joinPage(page);
  await join.haveAccount.click();
  await join.name.fill(account);
  await join.request.click();
  return shownDigits(page);
}

/** The digits that a computer shows which asks to join. */
export async function shownDigits(page: Page): Promise<string> {
  const label = (await joinPage(page).digits.getAttribute('aria-label')) ?? '';
  const digits = label.replace(/\D/g, '');
  expect(digits).toHaveLength(6);
  return digits;
}

/** Types the digits into the question that stands there by itself, and approves. */
export async function approve(page: Page, digits: string): Promise<void> {
  const prompt = joinPromptPage(page);
  await prompt.digits.fill(digits);
  await prompt.approve.click();
}
