import type { ChangedByHandChoice, ClientProfile, MailAddress } from '@endymail/shared/mail';
import { transportKey } from '../certificates/index.ts';
import type { AgentState } from '../home/state.ts';
import type { IdentityTarget, ProfileTarget } from '../mail-clients/adapter.ts';
import { isByHand } from './consent.ts';

/** What this profile should hold, by everything the agent knows. Pure: keys are packed only when the adapter asks. */
export function targetFor(
  profile: ClientProfile,
  state: AgentState,
  changedByHand: ChangedByHandChoice,
): ProfileTarget {
  const identities = profile.identities.flatMap((identity): IdentityTarget[] => {
    const record = state.mailboxes.find((mailbox) => mailbox.enabled && mailbox.address === identity.address);
    if (!record) return [];
    return [
      {
        identityId: identity.id,
        address: identity.address,
        authority: record.authority.certificate,
        certificate: record.current.certificate,
        pkcs12: () => transportKey(record.current),
        former: record.former.map((key) => ({ certificate: key.certificate, pkcs12: () => transportKey(key) })),
        replaceOwn: record.replaceOwn,
      },
    ];
  });
  const used = identities.length > 0;
  // Somebody who was added before the same mailbox was enabled here is oneself: the own CA vouches for that address.
  const isOwn = (address: MailAddress): boolean =>
    state.mailboxes.some((mailbox) => mailbox.enabled && mailbox.address === address);
  const people = used ? state.people.filter(({ address }) => !isOwn(address)) : [];
  return {
    identities,
    anchor: people.length > 0 && state.anchor ? state.anchor.certificate : null,
    people: people.map(({ address, certificate, crossCertificate }) => ({ address, certificate, crossCertificate })),
    automatic:
      used && !isByHand(state, profile.id) ? { autoEnable: true, autoDisable: state.settings.autoDisable } : null,
    changedByHand,
  };
}
