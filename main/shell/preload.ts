import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { WINDOW_CALLS, WINDOW_EVENTS } from '@endymail/shared/ipc';
import { CALL_CHANNEL, EVENT_CHANNEL } from './page-channels.ts';

/**
 * What the page gets, as `window.endymail`: one function for each call of the contract, and a way to hear its events.
 * Nothing else of Electron crosses; what is given and answered is checked on both sides of this.
 */
const calls = Object.fromEntries(
  Object.keys(WINDOW_CALLS).map((name) => [
    name,
    (...args: readonly unknown[]): Promise<unknown> => ipcRenderer.invoke(CALL_CHANNEL, name, args),
  ]),
);

/** Returns what ends the listening. */
function on(event: string, listener: (payload: unknown) => void): () => void {
  if (!Object.hasOwn(WINDOW_EVENTS, event)) return () => undefined;
  // The event object of Electron stays here: it leads to more than the page may have.
  const hear = (_event: IpcRendererEvent, name: unknown, payload: unknown): void => {
    if (name === event) listener(payload);
  };
  ipcRenderer.on(EVENT_CHANNEL, hear);
  return () => {
    ipcRenderer.off(EVENT_CHANNEL, hear);
  };
}

contextBridge.exposeInMainWorld('endymail', { ...calls, on });
