import { ok } from '@endymail/shared/result';
import { refuse, type Answers } from '../answers.ts';
import type { Ground } from '../ground.ts';

/** What the service says of itself. */
export function statusAnswers({ service, store, limits }: Ground): Answers<'wellKnown' | 'health' | 'ready'> {
  return {
    wellKnown: (_, { origin }) => Promise.resolve(ok({ service, api: origin })),

    // The process lives, or it would not answer.
    health: () => Promise.resolve(ok({ status: 'ok' })),

    async ready() {
      const late = Promise.withResolvers<null>();
      const timer = setTimeout(late.resolve, limits.readyMaxSeconds * 1_000, null);
      // No account has this name: names have a letter or digit first.
      const asked = await Promise.race([store.accountOf('-'), late.promise]);
      clearTimeout(timer);
      return asked?.ok === true ? ok({ status: 'ok' }) : refuse('unavailable');
    },
  };
}
