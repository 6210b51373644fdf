import type { MailAddress, MailboxCheck } from '@endymail/shared/mail';
import { useState } from 'react';
import { useAction, type Action } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';

/** What was seen when a mailbox was looked at. */
export interface Checks {
  readonly action: Action;
  /** One for each place; null: not looked yet. */
  readonly checks: readonly MailboxCheck[] | null;
  /** ISO 8601 */
  readonly lookedAt: string | null;
}

/** The check of one mailbox, link by link, and when it was made. */
export function useChecks(address: MailAddress): Checks {
  const client = useClient();
  const [seen, setSeen] = useState<Omit<Checks, 'action'>>({ checks: null, lookedAt: null });
  const action = useAction(
    () => client.check(address),
    (checks) => {
      setSeen({ checks, lookedAt: new Date().toISOString() });
    },
  );
  return { action, ...seen };
}
