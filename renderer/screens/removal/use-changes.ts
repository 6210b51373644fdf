import type { ChangedByHand, MailAddress } from '@endymail/shared/mail';
import { useEffect, useEffectEvent, useState } from 'react';
import { useAction, type Action } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';

/** What the person changed since Endymail set it. */
export interface Changes {
  readonly action: Action;
  /** Null: not looked yet. */
  readonly found: readonly ChangedByHand[] | null;
}

/** Looks, when the screen opens, for what was changed by hand in these mailboxes. */
export function useChanges(addresses: readonly MailAddress[] | 'all'): Changes {
  const client = useClient();
  const [found, setFound] = useState<Changes['found']>(null);
  const action = useAction(
    () => client.check(null),
    (checks) => {
      setFound(
        checks
          .filter(({ address }) => addresses === 'all' || addresses.includes(address))
          .flatMap(({ changedByHand }) => changedByHand),
      );
    },
  );
  const look = useEffectEvent(action.run);
  useEffect(() => {
    look();
  }, []);
  return { action, found };
}
