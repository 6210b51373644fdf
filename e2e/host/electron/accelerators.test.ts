import { expect, it } from 'vitest';
import { isAccelerator, type PressedKey } from './accelerators.ts';

const press = (key: string, ...held: readonly (keyof PressedKey)[]): PressedKey => ({
  key,
  control: held.includes('control'),
  meta: held.includes('meta'),
  alt: held.includes('alt'),
  shift: held.includes('shift'),
});

it.each([
  ['CmdOrCtrl+Q', press('q', 'control'), 'linux', true],
  ['CmdOrCtrl+Q', press('q', 'meta'), 'darwin', true],
  ['CmdOrCtrl+Q', press('q', 'meta'), 'linux', false],
  ['CmdOrCtrl+Q', press('Q', 'control', 'shift'), 'linux', false],
  ['CmdOrCtrl+Q', press('q'), 'linux', false],
  ['CmdOrCtrl+Plus', press('+', 'control', 'shift'), 'linux', true],
  ['CmdOrCtrl+-', press('-', 'control'), 'linux', true],
  ['Alt+Shift+F1', press('F1', 'alt', 'shift'), 'win32', true],
  ['F5', press('F5'), 'linux', true],
  ['F5', press('F5', 'control'), 'linux', false],
] as const)('%s is %o on %s: %s', (accelerator, pressed, platform, is) => {
  expect(isAccelerator(accelerator, pressed, platform)).toBe(is);
});
