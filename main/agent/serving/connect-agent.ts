import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { err, failure, ok, type Failure, type Redacted, type Result } from '@endymail/shared/result';
import {
  AGENT_CALLS,
  AGENT_EVENTS,
  clientOf,
  parseEvent,
  type EventOf,
  type HomeStatus,
  type TimeSpan,
} from '@endymail/shared/ipc';
import type { Agent, Progress } from '../agent.ts';
import { isLocked } from '../home/lock.ts';
import type { Restored } from '../restore-backup.ts';
import type { Channel } from './channel.ts';
import { dial } from './dial.ts';
import { readEndpoint, servingLayoutOf, type ServingLayout } from './endpoint.ts';
import { AgentMessage } from './handshake.ts';
import { remoteAgent, type AskForWork } from './remote-agent.ts';
import type { RestoreWish } from './served-home.ts';

export interface ConnectOptions {
  readonly home: string;
  /** What this client is, to be named in the progress of what it asks for: "endymail enable". */
  readonly command: string;
}

type AgentEvents = typeof AGENT_EVENTS;

/** An agent in another process. `close` ends the connection and lets that process go on. */
export interface ConnectedAgent extends Agent {
  status(): Promise<Result<HomeStatus, Failure>>;
  /** Opens the home, or tries again. A passphrase chooses the file keychain: where it is used already, or for new data. */
  open(passphrase: Redacted<string> | null): Promise<Result<HomeStatus, Failure>>;
  /** Errors: as `restoreBackup`. */
  restore(wish: RestoreWish): Promise<Result<Restored, Failure>>;
  startOver(): Promise<Result<{ readonly setAsideAs: string }, Failure>>;
  /** The last time of more than a day in which this home was not served, until it is dismissed; null: none. */
  gap(): Promise<Result<TimeSpan | null, Failure>>;
  /** Errors: `disk-full`, `home-unwritable`, `write-failed` (it is told still). */
  dismissGap(): Promise<Result<undefined, Failure>>;
  /** Ends the serving process; resolves when what it did is whole and it has gone. */
  stop(): Promise<Result<void, Failure>>;
  /** Calls `listener` at each event from now on; returns how to stop that. */
  on<Name extends keyof AgentEvents>(event: Name, listener: (payload: EventOf<AgentEvents, Name>) => void): () => void;
  /** Resolves when the connection has ended, from either side. */
  readonly closed: Promise<void>;
}

/** How long one who holds the lock of serving is given to answer, and how often it is tried. */
const CONNECT_TIME_MS = 5_000;
const CONNECT_EVERY_MS = 50;

/**
 * Connects to the agent that serves this home. Nothing is said to one who can not prove that it may read what only the
 * home's owner can. Errors: `agent-gone` (nobody serves this home, or not to us).
 */
export async function connectAgent({ home, command }: ConnectOptions): Promise<Result<ConnectedAgent, Failure>> {
  const layout = servingLayoutOf(home);
  const deadline = performance.now() + CONNECT_TIME_MS;
  for (;;) {
    const connected = await tryToConnect(layout, command);
    if (connected !== null) return ok(connected);
    // It may just be about to listen.
    if (!isLocked(layout.lock) || performance.now() > deadline) return err(failure('agent-gone'));
    await delay(CONNECT_EVERY_MS);
  }
}

async function tryToConnect(layout: ServingLayout, command: string): Promise<ConnectedAgent | null> {
  const endpoint = await readEndpoint(layout);
  if (endpoint === null) return null;
  const line = createLine();
  const channel = await dial({ endpoint, command, onMessage: line.onMessage, onEnd: line.onEnd });
  return channel === null ? null : line.agentOn(channel);
}

/** What goes over one connection: calls with their answers, and events. */
function createLine() {
  const underWay = new Map<number, (answer: unknown) => void>();
  const onProgress = new Map<number, (progress: Progress) => void>();
  const listeners = new Map<keyof AgentEvents, Set<(payload: never) => void>>();
  const closed = Promise.withResolvers<undefined>();
  let channel: Channel | null = null;
  let lastId = 0;
  let isOver = false;

  const onEnd = (): void => {
    isOver = true;
    for (const answer of underWay.values()) answer(err(failure('agent-gone')));
    underWay.clear();
    closed.resolve(undefined);
  };

  function onMessage(message: unknown): void {
    const parsed = v.safeParse(AgentMessage, message);
    if (!parsed.success) {
      channel?.drop();
      return;
    }
    const said = parsed.output;
    if ('event' in said) {
      happened(said.event, said.payload, said.of);
      return;
    }
    const { id } = said;
    underWay.get(id)?.(said.ok ? { ok: true, value: said.value } : { ok: false, error: said.error });
    underWay.delete(id);
  }

  function happened(event: keyof AgentEvents, payload: unknown, of: number | null): void {
    const parsed = parseEvent(AGENT_EVENTS, event, payload);
    // Of a newer Endymail, perhaps: an event that is not understood tells nothing.
    if (!parsed.ok) return;
    if (event === 'progress' && of !== null) {
      const progress = parseEvent(AGENT_EVENTS, 'progress', payload);
      if (progress.ok) onProgress.get(of)?.(progress.value);
    }
    for (const listener of listeners.get(event) ?? []) listener(parsed.value as never);
  }

  function carry(name: string, args: readonly unknown[], progress?: (progress: Progress) => void): Promise<unknown> {
    if (isOver || channel === null) return Promise.resolve(err(failure('agent-gone')));
    lastId += 1;
    const id = lastId;
    if (progress) onProgress.set(id, progress);
    channel.send({ id, call: name, args });
    return new Promise((resolve) => {
      underWay.set(id, resolve);
    }).finally(() => onProgress.delete(id));
  }

  const calls = clientOf(AGENT_CALLS, (name, args) => carry(name, args));
  const askForWork: AskForWork = (progress) => clientOf(AGENT_CALLS, (name, args) => carry(name, args, progress));

  function agentOn(connected: Channel): ConnectedAgent {
    channel = connected;
    return {
      ...remoteAgent(calls, askForWork),
      status: () => calls.status(),
      open: (passphrase) => calls.open({ passphrase: passphrase?.reveal() ?? null }),
      restore: ({ backupPassphrase, keychainPassphrase, ...wish }) =>
        calls.restore({
          ...wish,
          // The contract takes bytes of its own kind: a Buffer would say how it is stored.
          file: Uint8Array.from(wish.file),
          backupPassphrase: backupPassphrase.reveal(),
          keychainPassphrase: keychainPassphrase?.reveal() ?? null,
        }),
      startOver: () => calls.startOver(),
      gap: () => calls.gap(),
      dismissGap: () => calls.dismissGap(),
      async stop() {
        const stopped = await calls.stop();
        if (!stopped.ok && stopped.error.code !== 'agent-gone') return stopped;
        await closed.promise;
        return ok();
      },
      on(event, listener) {
        const all = listeners.get(event) ?? new Set();
        listeners.set(event, all);
        all.add(listener);
        return () => {
          all.delete(listener);
        };
      },
      closed: closed.promise,
      close: () => {
        connected.end();
      },
    };
  }

  return { onMessage, onEnd, agentOn };
}
