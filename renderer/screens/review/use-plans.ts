import type { MailboxView, WindowClient } from '@endymail/shared/ipc';
import type { ChangePlan } from '@endymail/shared/mail';
import { ok, type Failure, type Result } from '@endymail/shared/result';
import { useEffect, useState } from 'react';
import type { EnableGroup } from '../../state/page.ts';
import { useClient } from '../../state/use-page.ts';
import { groupsOf, hasOwnSetup, keptRows, type Decisions } from './decisions.ts';

/** What would be done, and what must be asked before. */
export interface Review {
  /** Plans that hold what must be asked: whom else it touches, what was changed by hand. */
  readonly asked: readonly ChangePlan[];
  /** The mailboxes in the groups in which they are set up, with the answers so far. */
  readonly groups: readonly EnableGroup[];
  /** What is done for these answers, group by group. */
  readonly plans: readonly ChangePlan[];
}

interface Plans {
  /** Null until the first answer; then the last one, also while the next is on its way. */
  readonly review: Review | null;
  readonly failure: Failure | null;
  readonly isAsking: boolean;
}

const NONE: Plans = Object.freeze({ review: null, failure: null, isAsking: true });

/** The plans for these mailboxes with the answers so far; asks anew when those change, or `round` does. */
export function usePlans(rows: readonly MailboxView[], decisions: Decisions, round: number): Plans {
  const client = useClient();
  const [plans, setPlans] = useState<Plans>(NONE);
  const [askedFor, setAskedFor] = useState({ decisions, round });
  if (askedFor.decisions !== decisions || askedFor.round !== round) {
    setAskedFor({ decisions, round });
    setPlans({ ...plans, isAsking: true });
  }
  useEffect(() => {
    let isStale = false;
    const ask = async (): Promise<void> => {
      const answer = await reviewOf(client, rows, decisions);
      if (isStale) return;
      setPlans(
        answer.ok
          ? { review: answer.value, failure: null, isAsking: false }
          : { review: null, failure: answer.error, isAsking: false },
      );
    };
    void ask();
    return () => {
      isStale = true;
    };
    // The rows come from the route: they do not change while the screen stands.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [client, decisions, round]);
  return plans;
}

async function reviewOf(
  client: WindowClient,
  rows: readonly MailboxView[],
  decisions: Decisions,
): Promise<Result<Review, Failure>> {
  const kept = keptRows(rows, decisions);
  if (kept.length === 0) return ok({ asked: [], groups: [], plans: [] });
  // A plan writes nothing: this one is asked as if all were agreed to, so that only what touches others is left to ask.
  const asked = await client.plan(
    kept.map(({ address }) => address),
    {
      ...(kept.some(hasOwnSetup) ? { replaceOwn: true } : {}),
      ...(decisions.changedByHand === 'put-back' ? { changedByHand: decisions.changedByHand } : {}),
    },
  );
  if (!asked.ok) return asked;
  const groups = groupsOf(rows, asked.value, decisions);
  const plans: ChangePlan[] = [];
  for (const { addresses, choices } of groups) {
    const plan = await client.plan(addresses, choices);
    if (!plan.ok) return plan;
    plans.push(...plan.value);
  }
  return ok({ asked: asked.value, groups, plans });
}
