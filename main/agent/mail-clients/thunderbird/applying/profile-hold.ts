import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { ClientProfile } from '@endymail/shared/mail';
import type { System } from '../../../system.ts';
import { guardProfile, type ProfileGuard } from '../reading/index.ts';

/** Keeps the client from starting on a profile while its settings are being read and written. */
export interface ProfileHold {
  /**
   * Takes hold; nothing happens where it is held already.
   * Errors: `client-running`; `client-started` where it was held before and let go for a run of the client itself.
   */
  readonly take: () => Promise<Result<void, Failure>>;
  readonly release: () => void;
  readonly isHeld: () => boolean;
  /** Whether the client could have started since it was first taken, also where it was taken again. */
  readonly wasLetGo: () => boolean;
}

/** Makes a hold on a profile; it is not taken yet. */
export function createProfileHold(profile: ClientProfile, system: System): ProfileHold {
  let guard: ProfileGuard | null = null;
  let wasHeld = false;
  let wasLetGo = false;
  return {
    take: async () => {
      if (guard !== null) return ok();
      const taken = await guardProfile(profile.path, system);
      if (!taken.ok) {
        return err(taken.error.code === 'client-running' && wasHeld ? failure('client-started') : taken.error);
      }
      guard = taken.value;
      wasHeld = true;
      return ok();
    },
    release: () => {
      if (guard === null) return;
      guard.release();
      guard = null;
      wasLetGo = true;
    },
    isHeld: () => guard !== null,
    wasLetGo: () => wasLetGo,
  };
}
