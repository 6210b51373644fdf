import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { err, failure, type Failure, type Result } from '@endymail/shared/result';
import { WINDOW_CALLS, answering, type AppChange, type Handlers, type ScreenLink } from '@endymail/shared/ipc';
import { CALL_MAX_BYTES, isWithin } from './call-size.ts';
import { isOurPage } from './hardening.ts';
import type { PageContext } from './page-calls.ts';
import { EVENT_CHANNEL } from './page-channels.ts';

export interface PageBorderParts {
  readonly handlers: Handlers<typeof WINDOW_CALLS, PageContext>;
  readonly windows: () => readonly BrowserWindow[];
  /** The page of this window has its snapshot: from now on it follows. */
  readonly onSnapshot: (window: BrowserWindow) => void;
}

/** What `ipcMain` is given: answers every call of a page, and refuses what is no call of ours in one and the same way. */
export function pageBorder({ handlers, windows, onSnapshot }: PageBorderParts) {
  const answer = answering(WINDOW_CALLS, handlers);
  return async (event: IpcMainInvokeEvent, name: unknown, args: unknown): Promise<Result<unknown, Failure>> => {
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

export function sendChange(windows: readonly BrowserWindow[], change: AppChange): void {
  for (const { webContents } of windows) webContents.send(EVENT_CHANNEL, 'changed', change);
}

export function sendLink({ webContents }: BrowserWindow, link: ScreenLink): void {
  webContents.send(EVENT_CHANNEL, 'open', link);
}
