import type { Profile } from '@endymail/shared/identity';
import { secondsOf } from './items-of-state.ts';

export const DAY_SECONDS = 86_400;

/**
 * What time it is in an account, in seconds since 1970: by this computer's clock, and never before what its devices have
 * signed. A service can not turn it back.
 */
export const accountTime = ({ newestTime }: Pick<Profile, 'newestTime'>, now: Date): number =>
  Math.max(secondsOf(now), newestTime);
