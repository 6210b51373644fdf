import { expect, type Page } from '@playwright/test';
import { choosePage } from '../pages/choose-page.ts';
import { progressPage } from '../pages/progress-page.ts';
import { reviewPage } from '../pages/review-page.ts';

/** From the mailboxes that are ticked by themselves to the last of them being set up; the client is closed. */
export async function setUpSuggested(page: Page, count: number): Promise<void> {
  await toReview(page, count);
  await reviewPage(page).setUp(count).click();
  await expect(progressPage(page).done).toBeVisible();
}

/** From the mailboxes that are ticked by themselves to what will change. */
export async function toReview(page: Page, count: number): Promise<void> {
  await choosePage(page).enable(count).click();
  await expect(reviewPage(page).heading).toBeVisible();
}
