import type { WINDOW_CALLS, WINDOW_EVENTS } from '@endymail/shared/ipc';

/**
 * What the preload script puts into the page: one function for each call of the contract, and the events. Nothing that
 * comes out of it is believed before it is parsed (client.ts).
 */
export type Bridge = Readonly<Record<keyof typeof WINDOW_CALLS, (...args: readonly unknown[]) => Promise<unknown>>> & {
  /** Returns what ends the listening. */
  readonly on: (event: keyof typeof WINDOW_EVENTS, listener: (payload: unknown) => void) => () => void;
};

declare global {
  interface Window {
    readonly endymail: Bridge;
  }
}
