import { strict } from '../strict.ts';

type Handler = (event: object, ...values: unknown[]) => unknown;

const handlers = new Map<string, Handler>();

/** Electron's `ipcMain`. */
export const ipcMain = strict('ipcMain', {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  removeHandler(channel: string): void {
    handlers.delete(channel);
  },
});

/** Calls the app's handler of a channel. */
export async function callHandler(channel: string, event: object, values: readonly unknown[]): Promise<unknown> {
  const handler = handlers.get(channel);
  if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
  return await handler(strict('the event of a call', event), ...values);
}
