import type { ServiceId } from '@endymail/shared/mesh-api';
import type { Profiles } from '../accounts/profiles.ts';
import type { Admission } from '../admission/admission.ts';
import type { ServiceLimits } from '../admission/limits.ts';
import type { Store } from '../store/store.ts';
import type { Journal } from './journal.ts';
import type { Places } from './places.ts';

/** What the calls are answered with. */
export interface Ground {
  readonly service: ServiceId;
  readonly store: Store;
  readonly profiles: Profiles;
  readonly admission: Admission;
  readonly limits: ServiceLimits;
  readonly journal: Journal;
  /** Known once the service listens. */
  readonly places: () => Places;
  readonly nowSeconds: () => number;
}
