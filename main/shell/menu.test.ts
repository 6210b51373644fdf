import type { MenuItemConstructorOptions } from 'electron';
import { expect, it, vi } from 'vitest';
import { menuTemplate } from './menu.ts';

const actions = () => ({
  quit: vi.fn(),
  close: vi.fn(),
  showHelp: vi.fn(),
  lookAgain: vi.fn(),
  zoom: vi.fn<(change: (factor: number) => number) => void>(),
});

const flat = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);

it.each(['linux', 'win32', 'darwin'] as const)(
  '%s: quit, close, copy and paste, zoom; and no way to load anew',
  (platform) => {
    const items = flat(menuTemplate(platform, actions()));
    const keys = Object.fromEntries(
      items.flatMap(({ id, accelerator }) => (id && accelerator ? [[id, accelerator]] : [])),
    );
    expect(keys).toMatchObject({ quit: 'CmdOrCtrl+Q', close: 'CmdOrCtrl+W', 'zoom-reset': 'CmdOrCtrl+0', help: 'F1' });
    const roles = items.map(({ role }) => role);
    expect(roles).toEqual(expect.arrayContaining(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll']));
    for (const role of ['reload', 'forceReload', 'toggleDevTools', 'quit'] as const) expect(roles).not.toContain(role);
    expect(items.filter(({ accelerator }) => accelerator === 'CmdOrCtrl+R')).toEqual([]);
  },
);

it('zooms to twice the size and half of it, in steps, and back', () => {
  const { zoom, ...others } = actions();
  const items = flat(menuTemplate('linux', { zoom, ...others }));
  const click = (id: string): void => {
    const work: unknown = items.find((item) => item.id === id)?.click;
    if (typeof work === 'function') Reflect.apply(work, null, []);
  };
  const after = (id: string, factor: number): number => {
    click(id);
    return zoom.mock.lastCall![0](factor);
  };
  expect(after('zoom-in', 1)).toBeCloseTo(1.1);
  expect(after('zoom-in-also', 1.95)).toBe(2);
  expect(after('zoom-in', 2)).toBe(2);
  expect(after('zoom-out', 0.5)).toBe(0.5);
  expect(after('zoom-reset', 1.7)).toBe(1);
  click('quit');
  click('close');
  click('help');
  click('look-again');
  expect([others.quit, others.close, others.showHelp, others.lookAgain].map(({ mock }) => mock.calls.length)).toEqual([
    1, 1, 1, 1,
  ]);
});
