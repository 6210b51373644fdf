import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { endProcessesOf, readPrefs, startDisplay, until } from '../harness/index.ts';
import { startSessionBus } from '../harness/keyring.ts';
import { codeOf, createWorld, valueOf } from './thunderbird-world.ts';

it('a closed client is opened with the profile, as the person would open it, and not twice', async () => {
  await using world = await createWorld();
  const display = await startDisplay();
  world.home.onDispose(() => display.close());
  const bus = await startSessionBus({ home: world.home.folder });
  world.home.onDispose(() => bus.stop());
  const adapter = world.adapterWith({
    system: {
      platform: process.platform,
      homeDir: world.home.folder,
      env: { ...bus.env, ...world.home.env, DISPLAY: display.name, GDK_BACKEND: 'x11' },
      now: () => new Date(),
    },
  });
  const before = settingsOfOurs(readPrefs(world.profile.folder));
  world.home.onDispose(() => endProcessesOf(world.profile.folder));

  valueOf(await adapter.open(await world.discovered()));
  await display.findWindow('Mozilla Thunderbird', 40_000);
  await until('a running client', async () => (await world.discovered()).running);
  // No remote control: neither its port nor its settings.
  expect(existsSync(join(world.profile.folder, 'MarionetteActivePort'))).toBe(false);
  expect(codeOf(await adapter.open(await world.discovered()))).toBe('client-running');

  await endProcessesOf(world.profile.folder);
  expect(settingsOfOurs(readPrefs(world.profile.folder))).toEqual(before);
});

/** What Endymail or a remote control would have written. */
function settingsOfOurs(prefs: ReturnType<typeof readPrefs>) {
  return Object.entries(prefs).filter(([name]) => /e2ee|smime|encrypt|sign|marionette|remote\./.test(name));
}
