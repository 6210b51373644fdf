import { test as base, expect, type TestInfo } from '@playwright/test';
import { hasEnded } from '../harness/child.ts';
import { createTestHome, type TestHome } from '../harness/test-home.ts';
import { launch, type Application, type LaunchOptions } from './launch.ts';

export interface Fixtures {
  /** The home of the person at this computer, which goes with the test. */
  readonly home: TestHome;
  /** Starts the app as the person of `home`; ended with the test. On failure its trace and pictures are kept. */
  readonly launchApp: (options?: Partial<LaunchOptions>) => Promise<Application>;
}

export const test = base.extend<Fixtures>({
  // Playwright reads from the pattern which fixtures this one needs: none.
  // eslint-disable-next-line no-empty-pattern
  home: async ({}, use) => {
    await using home = createTestHome('app');
    await use(home);
  },
  launchApp: async ({ home }, use, info) => {
    const running: Application[] = [];
    await use(async (options = {}) => {
      const app = await launch({ env: home.env, ...options });
      running.push(app);
      await app.context().tracing.start({ screenshots: true, snapshots: true });
      return app;
    });
    for (const [index, app] of running.entries()) await end(app, `app-${index + 1}`, info);
  },
});

export { expect };

async function end(app: Application, name: string, info: TestInfo): Promise<void> {
  const hasFailed = info.status !== info.expectedStatus;
  const isOver = hasEnded(app.process());
  if (hasFailed) await info.attach(`${name}.log`, { body: app.output(), contentType: 'text/plain' });
  if (!isOver) {
    if (hasFailed) await takePictures(app, name, info);
    await app.context().tracing.stop(hasFailed ? { path: info.outputPath(`${name}.zip`) } : {});
  }
  await app.close();
}

async function takePictures(app: Application, name: string, info: TestInfo): Promise<void> {
  for (const [index, page] of app.windows().entries()) {
    await page.screenshot({ path: info.outputPath(`${name}-window-${index + 1}.png`) });
  }
}
