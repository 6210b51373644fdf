import { expect, it, vi } from 'vitest';
import {
  hardenContents,
  hardenSession,
  isOurPage,
  SAFE_WEB_PREFERENCES,
  type HardenedContents,
  type HardenedSession,
} from './hardening.ts';

it('[SEC-53] a page has a world of its own, in a sandbox, without Node and without tools of developers', () => {
  expect(SAFE_WEB_PREFERENCES).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    devTools: false,
  });
});

/** What a session was told. */
function hardenedSession() {
  const session = {
    setPermissionRequestHandler: vi.fn<HardenedSession['setPermissionRequestHandler']>(),
    setPermissionCheckHandler: vi.fn<(handler: () => boolean) => void>(),
    setDevicePermissionHandler: vi.fn<(handler: () => boolean) => void>(),
    setSpellCheckerEnabled: vi.fn<(on: boolean) => void>(),
    webRequest: { onBeforeRequest: vi.fn<HardenedSession['webRequest']['onBeforeRequest']>() },
  };
  hardenSession(session);
  return session;
}

it('[SEC-54] every permission is refused, whether it is asked for, looked up, or is one for a device', () => {
  const session = hardenedSession();
  const answers: unknown[] = [];
  session.setPermissionRequestHandler.mock.lastCall?.[0]({}, 'geolocation', (granted: unknown) =>
    answers.push(granted),
  );
  answers.push(session.setPermissionCheckHandler.mock.lastCall?.[0]());
  answers.push(session.setDevicePermissionHandler.mock.lastCall?.[0]());
  expect(answers).toEqual([false, false, false]);
  expect(session.setSpellCheckerEnabled).toHaveBeenCalledWith(false);
});

it.each([
  ['app://endymail/index.html', 'mainFrame', false],
  ['app://endymail/assets/x.png', 'image', false],
  ['data:image/png;base64,AAAA', 'image', false],
  ['data:text/html,x', 'mainFrame', true],
  ['data:text/javascript,x', 'script', true],
  ['https://endymail.example/', 'mainFrame', true],
  ['https://app//endymail/', 'image', true],
  ['app://endymail.example/x', 'image', true],
  ['app://other/x', 'script', true],
  ['file:///etc/passwd', 'image', true],
  ['ws://localhost:1/', 'webSocket', true],
  ['chrome-extension://x/y.js', 'script', true],
  ['blob:app://endymail/x', 'script', true],
])('[SEC-59] %s as %s: cancelled %s', (url, resourceType, cancel) => {
  const answer = vi.fn();
  hardenedSession().webRequest.onBeforeRequest.mock.lastCall?.[0]({ url, resourceType }, answer);
  expect(answer).toHaveBeenCalledExactlyOnceWith({ cancel });
});

it('[SEC-55] the page stays where it is, alone, with nothing inside of it', () => {
  const listeners = new Map<string, Parameters<HardenedContents['on']>[1]>();
  let opens: (() => unknown) | null = null;
  const contents = {
    setWindowOpenHandler: (handler: () => unknown) => (opens = handler),
    on: (...[event, listener]: Parameters<HardenedContents['on']>) => listeners.set(event, listener),
  };
  hardenContents(contents);
  expect(opens!()).toEqual({ action: 'deny' });
  const events = ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'];
  expect([...listeners.keys()]).toEqual(events);
  for (const listener of listeners.values()) {
    const preventDefault = vi.fn();
    listener({ preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  }
});

it('[SEC-56] a call counts from the main frame of our page in a window of ours, and from nowhere else', () => {
  const ours = {};
  const frame = { url: 'app://endymail/index.html', parent: null };
  const isOurs = (sender: object, senderFrame: { url: string; parent: unknown } | null): boolean =>
    isOurPage({ sender, senderFrame }, [ours]);
  expect(isOurs(ours, frame)).toBe(true);
  expect(isOurs({}, frame)).toBe(false);
  expect(isOurs(ours, null)).toBe(false);
  expect(isOurs(ours, { ...frame, parent: frame })).toBe(false);
  for (const url of [
    'https://endymail.example/',
    'app://other/',
    'app://endymail.example/',
    'file:///x',
    'about:blank',
    '',
  ]) {
    expect(isOurs(ours, { ...frame, url })).toBe(false);
  }
});
