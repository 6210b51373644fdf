import { AUTO_ENABLE_PREF, type ChangePlan, type ClientProfile } from '@endymail/shared/mail';
import type { ProfileTarget } from '../../adapter.ts';
import type { Ledger } from '../journal/ledger.ts';
import { knownPeople, type CertificateStore, type PrefsDocument } from '../reading/index.ts';
import { neededConsents } from './consents.ts';
import { findObstacles, type Route } from './obstacles.ts';
import { planPrefs, type PrefsWork } from './plan-prefs.ts';
import { planStore, type StoreWork } from './plan-store.ts';
import { storedCertificates } from './stored-certificates.ts';
import { wantedBy } from './wanted.ts';

/** A profile as it was read, all of it at one time. */
export interface ProfileState {
  readonly profile: ClientProfile;
  readonly prefs: PrefsDocument;
  readonly store: CertificateStore;
  readonly ledger: Ledger;
  /** Whether this user may write in the profile folder and the disk lets them. */
  readonly writable: boolean;
  readonly route: Route;
  /** When it was read. */
  readonly readAt: Date;
}

/** What a person reads, and what is done. */
export interface PlannedWork {
  readonly plan: ChangePlan;
  readonly prefs: PrefsWork;
  readonly store: StoreWork;
}

/**
 * Compares a profile with what it should hold. Pure: reads nothing, changes nothing.
 *
 * The order of the steps is the order of the work: what is added to the store comes before the prefs, which are changed
 * in one write, and what leaves the store comes after them. So at no time does a pref name a certificate that is not there.
 */
export function planProfile(state: ProfileState, target: ProfileTarget): PlannedWork {
  const { profile, prefs, ledger } = state;
  const wanted = wantedBy(target, profile, (name) => {
    const owned = ledger.prefs.get(name);
    return owned === undefined ? prefs.get(name) : owned.before;
  });
  const { changedByHand } = target;
  const prefsWork = planPrefs({ profile, prefs, ledger, wanted, changedByHand });
  const storeWork = planStore({ stored: storedCertificates(state.store), ledger, wanted, changedByHand });
  const switchedOn = prefsWork.set.some(({ name }) => name === AUTO_ENABLE_PREF) && !profile.autoEnable;
  const steps = [...storeWork.additions, ...prefsWork.steps, ...storeWork.removals];
  return {
    prefs: prefsWork,
    store: storeWork,
    plan: {
      profileId: profile.id,
      profileName: profile.name,
      profilePath: profile.path,
      steps,
      consents: switchedOn ? neededConsents(profile, wanted, ledger) : [],
      changedByHand: [...storeWork.changedByHand, ...prefsWork.changedByHand],
      knownPeople: knownPeople(state.store, state.readAt).length,
      obstacles: steps.length === 0 ? [] : findObstacles(state, wanted, { prefs: prefsWork, store: storeWork }),
    },
  };
}

/** Whether neither the profile nor the journal would be changed by carrying it out. */
export function isNothing({ plan, prefs, store }: PlannedWork): boolean {
  const found = [prefs.inPlace, prefs.gone, store.inPlace, store.gone];
  return plan.steps.length === 0 && found.every((changes) => changes.length === 0);
}
