import { err, failure, type Failure, type Result } from '@endymail/shared/result';
import type { AgentProgress, HomeStatus } from '@endymail/shared/ipc';
import type { ConnectedAgent } from '../agent/client.ts';

/** Hears what the agent tells by itself. */
export interface AgentListener {
  readonly changed: () => void;
  readonly status: (status: HomeStatus) => void;
  readonly progress: (progress: AgentProgress) => void;
}

/** Whether the home is served, and why not. */
export type Readiness = Result<void, Failure>;

/** The process of the agent that this shell has started. */
export interface AgentProcess {
  /** Resolves when the home is served, by it or by another that was faster. Errors: why it can not. */
  readonly ready: Promise<Readiness>;
  readonly exited: Promise<void>;
  /** Asks it to end once its work is whole. */
  readonly stop: () => void;
  /** For one that does not come up at all. */
  readonly kill: () => void;
}

export type LinkState =
  { readonly kind: 'starting' } | { readonly kind: 'joined' } | { readonly kind: 'gone'; readonly failure: Failure };

/** What the link itself needs of a connection. */
export type AgentConnection = Pick<ConnectedAgent, 'on' | 'closed' | 'close'>;

export interface AgentLinkParts<Agent extends AgentConnection> {
  /** Joins whoever serves the home. Errors: `agent-gone` where nobody does. */
  readonly connect: () => Promise<Result<Agent, Failure>>;
  readonly start: () => AgentProcess;
  readonly listener: AgentListener;
  readonly onState: (state: LinkState) => void;
  readonly pause: (ms: number) => Promise<void>;
  /** Milliseconds of a clock that only goes forward. */
  readonly clock: () => number;
}

/** Asks the agent, which is waited for while it is being started. Errors: `agent-gone` where it does not come, and its own. */
export type AskAgent<Agent = ConnectedAgent> = <T>(
  question: (agent: Agent) => Promise<Result<T, Failure>>,
) => Promise<Result<T, Failure>>;

/** The agent of the home: joined, or started where nobody serves it, and started anew when it has gone. */
export interface AgentLink<Agent = ConnectedAgent> {
  readonly ask: AskAgent<Agent>;
  /** After `gone`: once more from the beginning. */
  readonly tryAgain: () => void;
  /** Lets go of the agent; of one's own when its work is whole and its process has ended. */
  readonly end: () => Promise<void>;
}

/** How long it is waited before the agent is started anew, one after the other; then it is said that it does not come. */
export const RESTART_PAUSES_MS = Object.freeze([0, 500, 2_000, 5_000]);

/** An agent that has lived for so long did not die of its start. */
export const STEADY_AFTER_MS = 60_000;

/** The first start reads programs from a cold disk. */
const READY_WITHIN_MS = 30_000;

export function linkAgent<Agent extends AgentConnection>(parts: AgentLinkParts<Agent>): AgentLink<Agent> {
  let connection: Agent | null = null;
  let own: AgentProcess | null = null;
  let isEnding = false;
  let settled = Promise.withResolvers<undefined>();
  let again: PromiseWithResolvers<undefined> | null = null;
  const ending = Promise.withResolvers<undefined>();

  function enter(state: LinkState): void {
    if (isEnding) return;
    if (state.kind === 'starting') settled = Promise.withResolvers();
    else settled.resolve(undefined);
    parts.onState(state);
  }

  async function keep(): Promise<void> {
    let deaths = 0;
    for (;;) {
      const joined = await join();
      if (joined.ok) {
        const since = parts.clock();
        await follow(joined.value);
        if (parts.clock() - since >= STEADY_AFTER_MS) deaths = 0;
      }
      if (isEnding) return;
      const pauseMs = RESTART_PAUSES_MS[deaths];
      deaths += 1;
      if (pauseMs === undefined) {
        again = Promise.withResolvers();
        enter({ kind: 'gone', failure: joined.ok ? failure('agent-gone') : joined.error });
        await Promise.race([again.promise, ending.promise]);
        deaths = 0;
      } else {
        if (joined.ok) enter({ kind: 'starting' });
        await Promise.race([parts.pause(pauseMs), ending.promise]);
      }
    }
  }

  async function follow(joined: Agent): Promise<void> {
    connection = joined;
    joined.on('changed', parts.listener.changed);
    joined.on('status', parts.listener.status);
    joined.on('progress', parts.listener.progress);
    if (isEnding) joined.close();
    else enter({ kind: 'joined' });
    await joined.closed;
    connection = null;
  }

  /** Errors: why nobody serves. */
  async function join(): Promise<Result<Agent, Failure>> {
    const there = await parts.connect();
    if (there.ok || there.error.code !== 'agent-gone') return there;
    const started = await startOwn();
    return started.ok ? parts.connect() : started;
  }

  async function startOwn(): Promise<Readiness> {
    if (isEnding) return err(failure('agent-gone'));
    const child = parts.start();
    own = child;
    void child.exited.then(() => {
      if (own === child) own = null;
    });
    const late = parts.pause(READY_WITHIN_MS).then((): Readiness => err(failure('agent-gone')));
    const died = child.exited.then((): Readiness => err(failure('agent-gone')));
    const ready = await Promise.race([child.ready, died, late]);
    if (!ready.ok) child.kill();
    return ready;
  }

  const ask: AskAgent<Agent> = async (question) => {
    await settled.promise;
    return connection === null ? err(failure('agent-gone')) : question(connection);
  };

  parts.onState({ kind: 'starting' });
  const kept = keep();

  return {
    ask,
    tryAgain: () => {
      if (again === null) return;
      // At once, so that a call that comes right after it waits for the new start.
      enter({ kind: 'starting' });
      again.resolve(undefined);
      again = null;
    },
    end: async () => {
      isEnding = true;
      ending.resolve(undefined);
      settled.resolve(undefined);
      own?.stop();
      // Its connection ends with it; one to somebody else's agent is only let go.
      if (own === null) connection?.close();
      await own?.exited;
      connection?.close();
      await kept;
    },
  };
}
