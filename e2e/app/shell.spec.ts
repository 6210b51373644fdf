import { createThunderbirdProfile, type TestHome } from '../harness/index.ts';
import { expect, test } from './fixtures.ts';
import type { Page } from 'playwright';

const ALICE = 'alice@example.test';

function alicesProfile(home: TestHome): void {
  createThunderbirdProfile({ home, smtpPort: 2525, identities: [{ address: ALICE, name: 'Alice' }] });
}

/** Asks the shell as the page does. */
function ask(page: Page, name: string, ...args: readonly unknown[]): Promise<unknown> {
  return page.evaluate(
    async ([call, given]) => {
      const bridge: unknown = Reflect.get(globalThis, 'endymail');
      const work: unknown = Reflect.get(Object(bridge), call);
      if (typeof work !== 'function') throw new Error(`There is no ${call}.`);
      return (await Reflect.apply(work, null, given)) as unknown;
    },
    [name, args] as const,
  );
}

test('a window shows the mailboxes that the agent finds in a process of its own', async ({ home, launchApp }) => {
  alicesProfile(home);
  const app = await launchApp();
  const page = await app.firstWindow();
  expect(app.addressOf(page)).toBe('app://endymail/index.html');
  await expect(page.getByText(ALICE).first()).toBeVisible();
  const snapshot = await ask(page, 'snapshot');
  expect(snapshot).toMatchObject({
    ok: true,
    value: { agent: { state: 'ready' }, mailboxes: { rows: [{ address: ALICE, state: 'off' }] } },
  });
});
