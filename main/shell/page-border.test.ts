import { expect, it, vi } from 'vitest';
import { ok, Redacted } from '@endymail/shared/result';
import type { Handlers, WINDOW_CALLS } from '@endymail/shared/ipc';
import { pageBorder, sendChange, sendLink, type BorderWindow } from './page-border.ts';

type PageHandlers = Handlers<typeof WINDOW_CALLS, { readonly window: BorderWindow }>;

/** A window whose page calls, and what of the shell it gets to. */
function bordered(handlers: Partial<PageHandlers>) {
  const webContents = { send: vi.fn<BorderWindow['webContents']['send']>() };
  const window = { webContents };
  const onSnapshot = vi.fn();
  const answer = pageBorder({ handlers: handlers as PageHandlers, windows: () => [window], onSnapshot });
  const call = (name: unknown, args: unknown, url = 'app://endymail/index.html') =>
    answer({ sender: webContents, senderFrame: { url, parent: null } }, name, args);
  return { call, window, webContents, onSnapshot };
}

it('hands a call with its arguments and its window to what answers it', async () => {
  const copyText = vi.fn<PageHandlers['copyText']>(() => Promise.resolve(ok(undefined)));
  const { call, window } = bordered({ copyText });
  expect(await call('copyText', ['text'])).toEqual({ ok: true, value: undefined });
  expect(copyText).toHaveBeenCalledExactlyOnceWith(['text'], { window });
});

it('[SEC-65] a passphrase is wrapped as soon as it is in', async () => {
  const backUp = vi.fn<PageHandlers['backUp']>(() => Promise.resolve(ok(null)));
  await bordered({ backUp }).call('backUp', ['four random words here']);
  expect(backUp.mock.lastCall?.[0][0]).toBeInstanceOf(Redacted);
});

it.each([
  ['no such call', 'format', []],
  ['what every object has', 'toString', []],
  ['a name that is none', 7, []],
  ['no list', 'copyText', 'text'],
  ['too few', 'copyText', []],
  ['too many', 'copyText', ['a', 'b']],
  ['another kind', 'copyText', [{ toString: 'x' }]],
  ['an address that is none', 'removePerson', ['nobody']],
  ['a page that is not in the table', 'openPage', ['https://evil.example/']],
  ['a setting that there is not', 'changeSettings', [{ theme: 'dark', home: '/' }]],
  ['too much', 'copyText', ['x'.repeat(2 * 1024 * 1024)]],
])('[SEC-57] refuses %s', async (_what, name, args) => {
  const answered = await bordered({}).call(name, args);
  expect(answered).toMatchObject({ ok: false, error: { code: 'call-malformed' } });
  expect(JSON.stringify(answered)).not.toContain('evil');
});

it('[SEC-57] a mistake of the shell becomes a failure without its text', async () => {
  const lookAgain = vi.fn<PageHandlers['lookAgain']>(() => Promise.reject(new Error('a passphrase')));
  const answered = await bordered({ lookAgain }).call('lookAgain', []);
  expect(answered).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(JSON.stringify(answered)).not.toContain('a passphrase');
});

it('[SEC-56] a page that is not ours reaches nothing', async () => {
  const quit = vi.fn<PageHandlers['quit']>();
  const { call } = bordered({ quit });
  expect(await call('quit', [], 'https://evil.example/')).toMatchObject({ error: { code: 'call-malformed' } });
  expect(quit).not.toHaveBeenCalled();
});

it('tells a window what has changed and where to lead', () => {
  const { window, webContents } = bordered({});
  sendChange([window, window], { attention: [] });
  sendLink(window, { screen: 'people' });
  expect(webContents.send.mock.calls).toEqual([
    ['endymail:event', 'changed', { attention: [] }],
    ['endymail:event', 'changed', { attention: [] }],
    ['endymail:event', 'open', { screen: 'people' }],
  ]);
});
