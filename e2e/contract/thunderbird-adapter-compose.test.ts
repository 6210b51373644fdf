import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import {
  connectMarionette,
  type MarionetteSession,
} from '../../main/agent/mail-clients/thunderbird/headless/marionette.ts';
import { DRIVER_PREFS, setPrefs, startDisplay, until } from '../harness/index.ts';
import { startSessionBus } from '../harness/keyring.ts';
import { createWorld, valueOf } from './thunderbird-world.ts';

const composedSchema = v.array(
  v.object({ identity: v.string(), to: v.string(), subject: v.string(), body: v.string(), html: v.boolean() }),
);

/** What stands in each open compose window. */
const COMPOSED = `
  const windows = [...Services.wm.getEnumerator('msgcompose')].filter(window => window.gLoadingComplete);
  return windows.map(window => ({
    identity: window.getCurrentIdentityKey(),
    to: [...window.document.querySelectorAll('#toAddrContainer .address-pill')].map(pill => pill.fullAddress).join(),
    subject: window.document.getElementById('msgSubject').value,
    body: window.getBrowser().contentDocument.body.innerText,
    html: window.gMsgCompose.composeHTML,
  }));`;

const FIRST = { subject: 'Is it, \'really\' 100 % "private"?', body: "Alice's own, first\nand 'second' line" };
const SECOND = { subject: 'Again', body: 'x' };

it('a message is opened in a compose window of a closed client, and of a running one', async () => {
  await using world = await createWorld();
  const display = await startDisplay();
  world.home.onDispose(() => display.close());
  // A program that is started finds the one that runs over the bus of the session, which every desktop has.
  const bus = await startSessionBus({ home: world.home.folder });
  world.home.onDispose(() => bus.stop());
  setPrefs(world.profile.folder, DRIVER_PREFS);
  const portFile = join(world.profile.folder, 'MarionetteActivePort');
  rmSync(portFile, { force: true });
  const adapter = world.adapterWith({
    system: {
      platform: process.platform,
      homeDir: world.home.folder,
      // The test looks inside through the remote control, which is asked for by the environment here.
      env: {
        ...bus.env,
        ...world.home.env,
        DISPLAY: display.name,
        GDK_BACKEND: 'x11',
        MOZ_MARIONETTE: '1',
        MOZ_REMOTE_ALLOW_SYSTEM_ACCESS: '1',
      },
      now: () => new Date(),
    },
  });
  const work = world.profile.identityId(world.work.address);
  const to = world.bob.address;

  valueOf(await adapter.compose(await world.discovered(), work, { to, ...FIRST }));
  await until('the port', () => existsSync(portFile) && Number(readFileSync(portFile, 'utf8')) > 0, 40_000);
  const session = valueOf(
    await connectMarionette({ port: Number(readFileSync(portFile, 'utf8')), deadlineMs: 30_000 }),
  );
  world.home.onDispose(async () => {
    await session.quit();
    await until('Thunderbird to end', async () => !(await world.discovered()).running);
  });
  expect(await composed(session, 1)).toEqual([{ identity: work, to, html: false, ...FIRST }]);

  valueOf(await adapter.compose(await world.discovered(), 'id1', { to, ...SECOND }));
  expect(await composed(session, 2)).toContainEqual({ identity: 'id1', to, html: false, ...SECOND });
});

function composed(session: MarionetteSession, count: number) {
  return until(`${count} compose windows`, async () => {
    const windows = v.parse(composedSchema, valueOf(await session.run(COMPOSED)));
    return windows.length === count && windows.every(({ to }) => to !== '') && windows;
  });
}
