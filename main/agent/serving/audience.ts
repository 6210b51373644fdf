import type { AGENT_EVENTS, EventOf } from '@endymail/shared/ipc';
import type { Progress } from '../agent.ts';
import type { Peer } from './listener.ts';

type AgentEvent = keyof typeof AGENT_EVENTS;

/** Everybody who is connected now. */
export interface Audience {
  /** Before that nobody is there. */
  follow(peers: () => readonly Peer[]): void;
  isThere(): boolean;
  tell<Name extends AgentEvent>(event: Name, payload: EventOf<typeof AGENT_EVENTS, Name>): void;
  /** Tells of the progress of a call; to the one who asked for it, of which. Null: nobody asked. */
  progressOf(command: string, asker: Peer | null, call: number | null): (progress: Progress) => void;
}

export function createAudience(): Audience {
  let peers: () => readonly Peer[] = () => [];
  return {
    follow: (now) => {
      peers = now;
    },
    isThere: () => peers().length > 0,
    tell: (event, payload) => {
      for (const peer of peers()) peer.tell(event, payload, null);
    },
    progressOf: (command, asker, call) => (progress) => {
      for (const peer of peers()) peer.tell('progress', { ...progress, command }, peer === asker ? call : null);
    },
  };
}
