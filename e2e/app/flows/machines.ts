import { once } from 'node:events';
import { hasEnded } from '../../harness/child.ts';
import { createThunderbirdProfile, startMesh, type Mesh, type TestHome } from '../../harness/index.ts';
import { startKeyring, type Keyring } from '../../harness/keyring.ts';
import { createTestHome } from '../../harness/test-home.ts';
import { test as base, windowOf, type OpenWindow } from './fixtures.ts';
import { holderOf } from './holder.ts';
import { otherComputer } from './two-windows.ts';

export const ALICE = 'alice@example.test';

/** A computer of alice's, with a Thunderbird that has her mailbox and does not run. */
export interface Machine {
  readonly name: string;
  readonly home: TestHome;
  /** Starts the app on it. `link`: what the system opens it with; `daysAhead`: so much later. */
  open(options?: { readonly link?: string; readonly daysAhead?: number }): Promise<OpenWindow>;
  /** Everything of the app dies at once, as when the battery is empty. */
  die(window: OpenWindow): Promise<void>;
  /** Runs something while nothing uses the keychain, which is started anew after it. */
  withoutKeyring(work: () => void): Promise<void>;
}

interface MachineFixtures {
  /** A service in a process of its own. */
  readonly mesh: Mesh;
  readonly homes: AsyncDisposableStack;
  readonly machine: (name: string) => Promise<Machine>;
}

export const test = base.extend<MachineFixtures>({
  // Playwright reads from the pattern which fixtures this one needs: none.
  // eslint-disable-next-line no-empty-pattern
  mesh: async ({}, use) => {
    await using mesh = await startMesh();
    await use(mesh);
  },
  // The apps end before the homes go.
  // eslint-disable-next-line no-empty-pattern
  homes: async ({}, use) => {
    await using homes = new AsyncDisposableStack();
    await use(homes);
  },
  machine: async ({ homes, launchApp }, use) => {
    await use(async (name) => {
      const home = homes.use(createTestHome(name));
      createThunderbirdProfile({ home, smtpPort: 2525, identities: [{ address: ALICE, name: 'Alice' }] });
      let keyring: Keyring = await startKeyring({ home: home.folder });
      home.onDispose(() => keyring.stop());
      return {
        name,
        home,
        open: async ({ link, daysAhead } = {}) => {
          const env = { ...home.env, ...keyring.env, ...otherComputer(name, daysAhead) };
          const app = await launchApp({ env, args: link === undefined ? [] : [link] });
          return { app, page: await windowOf(app) };
        },
        die: async ({ app }) => {
          const agent = holderOf(home);
          const gone = hasEnded(app.process()) ? Promise.resolve() : once(app.process(), 'exit');
          app.process().kill('SIGKILL');
          if (agent !== null) process.kill(agent, 'SIGKILL');
          await gone;
        },
        withoutKeyring: async (work) => {
          await keyring.stop();
          work();
          keyring = await startKeyring({ home: home.folder });
        },
      };
    });
  },
});

export { expect } from './fixtures.ts';
