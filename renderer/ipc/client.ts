import {
  clientOf,
  parseEvent,
  WINDOW_CALLS,
  WINDOW_EVENTS,
  type EventOf,
  type WindowClient,
} from '@endymail/shared/ipc';
import { err, failure } from '@endymail/shared/result';
import type { Bridge } from './bridge.ts';

/** The page's end of the window contract. A shell that does not answer is `agent-gone`, never an exception. */
export function windowClient(bridge: Bridge): WindowClient {
  return clientOf(WINDOW_CALLS, async (name, args) => {
    if (!isCall(name)) throw new TypeError(`The contract has no call ${name}.`);
    try {
      return await bridge[name](...args);
    } catch {
      return err(failure('agent-gone'));
    }
  });
}

/** Listens to one event of the shell; what the contract does not allow is not heard. Returns what ends the listening. */
export function onWindowEvent<Name extends keyof typeof WINDOW_EVENTS>(
  bridge: Bridge,
  name: Name,
  listener: (payload: EventOf<typeof WINDOW_EVENTS, Name>) => void,
): () => void {
  return bridge.on(name, (payload) => {
    const parsed = parseEvent(WINDOW_EVENTS, name, payload);
    if (parsed.ok) listener(parsed.value);
  });
}

const isCall = (name: string): name is keyof typeof WINDOW_CALLS => Object.hasOwn(WINDOW_CALLS, name);
