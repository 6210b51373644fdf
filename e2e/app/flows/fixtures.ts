import type { Page } from '@playwright/test';
import { createPerson, type Person, type PersonOptions } from '../../harness/person.ts';
import { startKeyring, type Keyring } from '../../harness/keyring.ts';
import { startSmtpSink, type SmtpSink } from '../../harness/smtp-sink.ts';
import { expect, test as base } from '../fixtures.ts';
import type { Application, LaunchOptions } from '../launch.ts';

/** The app with its first window. */
export interface OpenWindow {
  readonly app: Application;
  readonly page: Page;
}

/** Longer than any screen needs on a busy computer, and much shorter than a test. */
const ACTION_LIMIT_MS = 20_000;

export interface FlowFixtures {
  /** A mail server that takes every mail. */
  readonly sink: SmtpSink;
  /** The keychain of the person of `home`. */
  readonly keyring: Keyring;
  /** Somebody at a computer of their own, with a Thunderbird that was used before. */
  readonly person: (options: Omit<PersonOptions, 'sink'>) => Promise<Person>;
  /** Opens the app, by default as the person of `home` with their keychain. */
  readonly openWindow: (options?: Partial<LaunchOptions>) => Promise<OpenWindow>;
}

export const test = base.extend<FlowFixtures>({
  // Playwright reads from the pattern which fixtures this one needs: none.
  // eslint-disable-next-line no-empty-pattern
  sink: async ({}, use) => {
    await using sink = await startSmtpSink();
    await use(sink);
  },
  keyring: async ({ home }, use) => {
    await using keyring = await startKeyring({ home: home.folder });
    await use(keyring);
  },
  person: async ({ sink }, use) => {
    await using persons = new AsyncDisposableStack();
    await use(async (options) => persons.use(await createPerson({ sink, ...options })));
  },
  openWindow: async ({ home, keyring, launchApp }, use) => {
    await use(async (options = {}) => {
      const app = await launchApp({ env: { ...home.env, ...keyring.env }, ...options });
      return { app, page: await windowOf(app) };
    });
  },
});

/** The first window of an app, in which nothing is waited for without an end. */
export async function windowOf(app: Application): Promise<Page> {
  const page = await app.firstWindow();
  page.setDefaultTimeout(ACTION_LIMIT_MS);
  return page;
}

export { expect };
