import type { WebPreferences } from 'electron';
import { PAGE_ORIGIN } from './page-protocol.ts';

/** What a page of ours runs in. */
export const SAFE_WEB_PREFERENCES = Object.freeze({
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  // Tools of developers are for builds of developers: what is typed there has the page's own hand on the calls.
  devTools: false,
} satisfies WebPreferences);

type Preventable = Readonly<Record<'preventDefault', () => void>>;

/** What of Electron's session a page could reach something by. */
export interface HardenedSession {
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: unknown, answer: (granted: boolean) => void) => void,
  ): void;
  setPermissionCheckHandler(handler: () => boolean): void;
  setDevicePermissionHandler(handler: () => boolean): void;
  setSpellCheckerEnabled(on: boolean): void;
  readonly webRequest: {
    onBeforeRequest(
      listener: (
        details: { readonly url: string; readonly resourceType: string },
        answer: (response: { cancel: boolean }) => void,
      ) => void,
    ): void;
  };
}

/** What of Electron's web contents a page could leave its place by. */
export interface HardenedContents {
  setWindowOpenHandler(handler: () => { action: 'deny' }): void;
  on(
    event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect' | 'will-attach-webview',
    listener: (event: Preventable) => void,
  ): unknown;
}

/** Who calls, as Electron says it. */
export interface CallEvent {
  readonly sender: object;
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

/** Everything a page may ask of Chromium is refused, and everything that it would load from elsewhere. */
export function hardenSession(session: HardenedSession): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, answer) => {
    // A picture whose bytes stand in its address is loaded from nowhere.
    const isInline = details.resourceType === 'image' && details.url.startsWith('data:');
    answer({ cancel: !isInline && !isOfPage(details.url) });
  });
}

/** The page stays where it is: no other page in its place, no second one, none inside of it. */
export function hardenContents(contents: HardenedContents): void {
  const prevent = (event: Preventable): void => {
    event.preventDefault();
  };
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', prevent);
  contents.on('will-frame-navigate', prevent);
  contents.on('will-redirect', prevent);
  contents.on('will-attach-webview', prevent);
}

/** Whether a call comes from a window of ours, from its main frame, and from our page. */
export function isOurPage(event: CallEvent, ours: readonly object[]): boolean {
  const frame = event.senderFrame;
  return frame !== null && ours.includes(event.sender) && frame.parent === null && isOfPage(frame.url);
}

const isOfPage = (url: string): boolean => url.startsWith(`${PAGE_ORIGIN}/`);
