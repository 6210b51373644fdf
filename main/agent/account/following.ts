import type { AccountParts } from './account-parts.ts';
import { ownKeys } from './own-keys.ts';
import { addressOf } from './service-of.ts';

/** Those who are told when the service says that something is new. */
export interface Following {
  /** See `AccountAgent.follow`. */
  readonly follow: (onNews: () => void) => (() => void) | null;
  /** The service is known by something else from here on: whoever listens does so anew. */
  readonly again: () => void;
}

export function createFollowing(parts: AccountParts): Following {
  const listeners = new Set<() => void>();

  function follow(onNews: () => void): (() => void) | null {
    if (parts.state().account?.standing !== 'member') return null;
    let isEnded = false;
    let end = (): void => undefined;
    function listen(): void {
      const { account } = parts.state();
      if (account === null) return;
      void ownKeys(account.device).then(({ signing }) => {
        if (isEnded) return;
        end();
        end = parts.watch({ service: addressOf(account.service), account: account.id, key: signing, onNews });
      });
    }
    listeners.add(listen);
    listen();
    return () => {
      isEnded = true;
      listeners.delete(listen);
      end();
    };
  }

  return {
    follow,
    again: () => {
      for (const listen of listeners) listen();
    },
  };
}
