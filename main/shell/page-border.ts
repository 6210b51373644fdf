import { err, failure, type Failure, type Result } from '@endymail/shared/result';
import { WINDOW_CALLS, answering, type AppChange, type Handlers, type ScreenLink } from '@endymail/shared/ipc';
import { CALL_MAX_BYTES, isWithin } from './call-size.ts';
import { isOurPage, type CallEvent } from './hardening.ts';
import { EVENT_CHANNEL } from './page-channels.ts';

/** A window of Electron, as far as this goes. */
export interface BorderWindow {
  readonly webContents: Readonly<Record<'send', (channel: string, ...values: unknown[]) => void>>;
}

export interface PageBorderParts<Window extends BorderWindow> {
  readonly handlers: Handlers<typeof WINDOW_CALLS, { readonly window: Window }>;
  readonly windows: () => readonly Window[];
  /** The page of this window has its snapshot: from now on it follows. */
  readonly onSnapshot: (window: Window) => void;
}

/** What `ipcMain` is given: answers every call of a page, and refuses what is no call of ours in one and the same way. */
export function pageBorder<Window extends BorderWindow>({ handlers, windows, onSnapshot }: PageBorderParts<Window>) {
  const answer = answering(WINDOW_CALLS, handlers);
  return async (event: CallEvent, name: unknown, args: unknown): Promise<Result<unknown, Failure>> => {
    const open = windows();
    const window = open.find(({ webContents }) => webContents === event.sender);
    const isOurs = isOurPage(
      event,
      open.map(({ webContents }) => webContents),
    );
    if (window === undefined || !isOurs || !isWithin([name, args], CALL_MAX_BYTES))
      return err(failure('call-malformed'));
    const answered = await answer(name, args, { window });
    if (name === 'snapshot') onSnapshot(window);
    return answered;
  };
}

export function sendChange(windows: readonly BorderWindow[], change: AppChange): void {
  for (const { webContents } of windows) webContents.send(EVENT_CHANNEL, 'changed', change);
}

export function sendLink({ webContents }: BorderWindow, link: ScreenLink): void {
  webContents.send(EVENT_CHANNEL, 'open', link);
}
