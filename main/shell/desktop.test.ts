import { expect, it } from 'vitest';
import { desktopOf } from './desktop.ts';

/** A bus that gives these answers one after the other; the last one again and again. */
function bus(...answers: (boolean | null)[]) {
  const next = () => Promise.resolve((answers.length > 1 ? answers.shift() : answers[0]) ?? null);
  return { hasTrayHost: next, isKeychainLocked: next };
}
const noPause = () => Promise.resolve();

it('waits for the panel of a desktop that is just starting, and not for ever', async () => {
  expect(await desktopOf('linux', noPause, bus(false, null, true)).waitForTrayHost()).toBe(true);
  expect(await desktopOf('linux', noPause, bus(false)).waitForTrayHost()).toBe(false);
  expect(await desktopOf('linux', noPause, bus(null)).waitForTrayHost()).toBe(false);
  expect(await desktopOf('win32', noPause, bus(false)).waitForTrayHost()).toBe(true);
});

it.each([
  ['linux', false, true],
  ['linux', true, false],
  ['linux', null, false],
  ['win32', null, true],
  ['darwin', null, false],
] as const)(
  '[SEC-67] %s, locked %s: the keychain can be used without a question: %s',
  async (platform, locked, open) => {
    expect(await desktopOf(platform, noPause, bus(locked)).isKeychainOpen()).toBe(open);
  },
);
