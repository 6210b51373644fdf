import * as v from 'valibot';
import { err, failure, ok } from '@endymail/shared/result';
import type { AgentProcess, Readiness } from './agent-link.ts';
import { AGENT_SWITCHES, STOP_MESSAGE, fromAgentProcess } from './agent-messages.ts';

/** What to tell the agent's process at its start. */
export interface AgentStart {
  readonly home: string;
  /** A start with the computer asks nobody anything. */
  readonly mayPrompt: boolean;
  /** The program and its arguments that reach the keychain, where Node itself can not be started (see KeytarRunner). */
  readonly keytar: readonly [program: string, ...args: string[]];
}

/** The arguments of the agent's process. */
export function agentArguments({ home, mayPrompt, keytar }: AgentStart): string[] {
  return [
    `${AGENT_SWITCHES.home}${home}`,
    `${AGENT_SWITCHES.keytar}${JSON.stringify(keytar)}`,
    ...(mayPrompt ? [] : [AGENT_SWITCHES.quiet]),
  ];
}

/** A process of Electron's without a window, as far as this goes. */
export interface ForkedProcess {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
  postMessage(message: unknown): void;
  kill(): boolean;
}

/** Follows a process of the agent that was just forked. */
export function agentProcess(child: ForkedProcess): AgentProcess {
  const ready = Promise.withResolvers<Readiness>();
  const exited = Promise.withResolvers<undefined>();
  let hasExited = false;
  const stop = (): void => {
    if (!hasExited) child.postMessage(STOP_MESSAGE);
  };
  child.on('message', (message: unknown) => {
    const told = v.safeParse(fromAgentProcess, message);
    if (!told.success) return;
    ready.resolve(told.output.kind === 'failed' ? err(told.output.failure) : ok());
    if (told.output.kind !== 'serves') stop();
  });
  child.on('exit', () => {
    hasExited = true;
    ready.resolve(err(failure('agent-gone')));
    exited.resolve(undefined);
  });
  return {
    ready: ready.promise,
    exited: exited.promise,
    stop: () => {
      stop();
      // One that is just starting does not hear yet.
      void ready.promise.then(stop);
    },
    kill: () => {
      child.kill();
    },
  };
}
