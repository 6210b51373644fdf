import { failure, type Failure } from '@endymail/shared/result';
import type { ChangePlan, ProfileId } from '@endymail/shared/mail';
import type { AgentState, ProfileRecord } from '../home/state.ts';

/** Whether the person wants to press Encrypt themselves in this profile. */
export const isByHand = (state: AgentState, id: ProfileId): boolean => decided(state, id, 'by-hand');

/** The consent that this plan needs and that was not given for its profile. */
export function missingConsent(plan: ChangePlan, state: AgentState): Failure | null {
  if (plan.consents.length === 0 || decided(state, plan.profileId, 'accepted')) return null;
  const names = plan.consents.flatMap((consent) => consent.identities.map((identity) => identity.address));
  return failure(
    'profile-wide-consent',
    `Automatic encryption is a switch of the whole profile “${plan.profileName}”, and it changes something for ${[...new Set(names)].join(', ')}.`,
  );
}

function decided(state: AgentState, id: ProfileId, what: ProfileRecord['automatic']): boolean {
  return state.profiles.some((record) => record.id === id && record.automatic === what);
}
