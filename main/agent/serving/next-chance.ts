import type { ApplyReport, ClientProfile, ProfileId } from '@endymail/shared/mail';
import type { WorkReport } from '../agent.ts';
import type { Peer } from './listener.ts';

/** What is wanted and not done because a client is open, and whom to tell of it when it is done by itself. */
export interface NextChance {
  /** What a call left for later; null: nobody asked for it. */
  note(report: WorkReport, of: Peer | null): void;
  /** What was done by itself, with nobody asking. */
  noteDone(report: WorkReport): void;
  /** What was done by itself of what this one had asked for; told once. */
  claim(of: Peer): readonly ApplyReport[];
  /** The profiles that wait for their client to be closed. */
  waiting(): readonly ClientProfile[];
}

const WAITS_FOR_CLIENT: ReadonlySet<string> = new Set(['client-running', 'client-started']);

export function createNextChance(): NextChance {
  const waiting = new Map<ProfileId, ClientProfile>();
  const asked = new Map<Peer, { ids: ReadonlySet<ProfileId>; done: ApplyReport[] }>();

  function renew({ waiting: left }: WorkReport): void {
    waiting.clear();
    for (const { profile, why } of left) if (WAITS_FOR_CLIENT.has(why.code)) waiting.set(profile.id, profile);
  }

  return {
    note(report, of) {
      renew(report);
      if (of !== null && waiting.size > 0) {
        asked.set(of, { ids: new Set(waiting.keys()), done: asked.get(of)?.done ?? [] });
      }
    },

    noteDone(report) {
      renew(report);
      for (const [peer, wish] of asked) {
        if (peer.isGone()) asked.delete(peer);
        else wish.done.push(...report.done.filter(({ profileId }) => wish.ids.has(profileId)));
      }
    },

    claim(of) {
      const done = asked.get(of)?.done ?? [];
      asked.delete(of);
      return done;
    },

    waiting: () => [...waiting.values()],
  };
}
