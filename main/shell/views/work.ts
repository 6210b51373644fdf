import type { WorkView } from '@endymail/shared/ipc';
import type { WorkReport } from '../../agent/client.ts';

/** How work ended, in what the page says of it. */
export function workView({ done, waiting }: WorkReport): WorkView {
  return {
    waiting: waiting.map(({ profile, why }) => ({
      profileId: profile.id,
      profileName: profile.name,
      product: profile.product,
      failure: why,
    })),
    left: done.flatMap(({ changedByHand }) => changedByHand.map(({ name, address }) => ({ name, address }))),
  };
}
