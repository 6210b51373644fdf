import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** An app that is made to prove the host (host/testing/app). */
const appFolder = fileURLToPath(new URL('../host/testing/app', import.meta.url));

/** Reads and calls what the preload of that app gives its page. */
const inPage = (page: Page, expression: string): Promise<unknown> => page.evaluate(expression);

test.describe('the host', () => {
  test('carries values both ways between page and main process', async ({ launchApp }) => {
    const app = await launchApp({ appFolder });
    const page = await app.firstWindow();
    await expect(page.getByRole('heading')).toHaveText('Ready');
    expect(await inPage(page, 'test.echo(new Uint8Array([1, 2]), new Date(0), undefined, [-0, NaN])')).toEqual([
      Uint8Array.of(1, 2),
      new Date(0),
      undefined,
      [-0, NaN],
    ]);
    expect(await inPage(page, 'test.fail().catch((error) => error.message)')).toBe(
      "Error invoking remote method 'fail': TypeError: not so",
    );
    expect(app.addressOf(page)).toBe('app://test/index.html');
  });
});
