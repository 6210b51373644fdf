import type { Agent } from '../../agent/index.ts';
import type { Session } from '../session.ts';

/**
 * Does what was left for the next chance (a client that was open then and is closed now, a renewal that is due), before a
 * command that only looks. What still can not be done shows in what the command says, so a failure here is not one.
 */
export async function takeNextChance(agent: Agent, session: Session): Promise<void> {
  await agent.reconcile({
    onProgress: ({ kind, ...rest }) => {
      if (kind !== 'waiting') session.onProgress({ kind, ...rest });
    },
  });
}
