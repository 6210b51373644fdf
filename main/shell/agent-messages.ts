import * as v from 'valibot';
import { failureSchema } from '@endymail/shared/ipc';

/** Between the shell and the agent's process that it has started. Work goes over the socket, not here. */

export const fromAgentProcess = v.variant('kind', [
  v.object({ kind: v.literal('serves') }),
  /** Another was faster and serves the home. */
  v.object({ kind: v.literal('is-served') }),
  v.object({ kind: v.literal('failed'), failure: failureSchema }),
]);

export type FromAgentProcess = v.InferOutput<typeof fromAgentProcess>;

/** End, once what goes on is whole. Also what one that does not serve waits for, so that what it says is heard. */
export const STOP_MESSAGE = 'stop';

/** The switches of the agent's process. */
export const AGENT_SWITCHES = Object.freeze({
  home: '--home=',
  quiet: '--quiet',
  /** JSON: the program that reaches the keychain and its arguments. */
  keytar: '--keytar=',
});
