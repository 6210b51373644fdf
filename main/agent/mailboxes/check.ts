import { failure, type Failure } from '@endymail/shared/result';
import type { ChainStep, ChangePlan, ClientIdentity, ClientProfile, MailboxCheck } from '@endymail/shared/mail';
import { parseCertificate } from '../certificates/index.ts';
import type { MailboxRecord } from '../home/state.ts';
import type { IdentityInspection, ProfileInspection } from '../mail-clients/adapter.ts';

export interface CheckedPlace {
  readonly record: MailboxRecord;
  readonly profile: ClientProfile;
  readonly identity: ClientIdentity;
  readonly inspection: ProfileInspection;
  readonly plan: ChangePlan;
  readonly byHand: boolean;
  readonly now: Date;
}

/** The chain of one mailbox in one profile, link by link, from what was seen there. */
export function checkPlace(place: CheckedPlace): MailboxCheck {
  const { record, profile, identity, inspection, plan } = place;
  const seen = inspection.identities.find((candidate) => candidate.identityId === identity.id);
  return {
    address: record.address,
    place: { profileName: profile.name, profilePath: profile.path, identityId: identity.id },
    steps: [
      accountStep(seen),
      keysStep(place, seen),
      certificateStep(seen),
      clientStep(place, seen),
      deliveryStep(inspection),
    ],
    changedByHand: plan.changedByHand.filter(({ address }) => address === null || address === record.address),
    people: inspection.anchorTrusted ? inspection.peopleReady.length : 0,
  };
}

/** The chain of a mailbox that is enabled and that no client on this computer has any more. */
export function checkNowhere({ address }: MailboxRecord): MailboxCheck {
  const step = broken(
    'account',
    'No Thunderbird on this computer has this mailbox any more.',
    failure('mailbox-unknown'),
  );
  return { address, place: null, steps: [step], changedByHand: [], people: 0 };
}

function accountStep(seen: IdentityInspection | undefined): ChainStep {
  if (seen?.present) return holds('account', 'Thunderbird has this mailbox.');
  return broken('account', 'Thunderbird no longer has this mailbox.', failure('mailbox-unknown'));
}

function keysStep({ record, now }: CheckedPlace, seen: IdentityInspection | undefined): ChainStep {
  const facts = parseCertificate(record.current.certificate);
  if (!facts.ok) return broken('keys', 'The certificate that Endymail keeps can not be read.', facts.error);
  if (facts.value.notAfter < now) {
    return broken('keys', 'Your certificate has expired.', notSetUp());
  }
  if (!seen?.keyPresent) return broken('keys', "Your key is not in Thunderbird's key store.", notSetUp());
  return holds('keys', `Your key is here and valid until ${facts.value.notAfter.toISOString().slice(0, 10)}.`);
}

function certificateStep(seen: IdentityInspection | undefined): ChainStep {
  if (!seen?.certificatePresent) return broken('certificate', 'Your certificate is not in Thunderbird.', notSetUp());
  if (!seen.authorityTrusted) return broken('certificate', 'Thunderbird does not trust your certificate.', notSetUp());
  return holds('certificate', 'Thunderbird has your certificate and trusts it.');
}

function clientStep(
  { profile, inspection, byHand, plan }: CheckedPlace,
  seen: IdentityInspection | undefined,
): ChainStep {
  const obstacle = plan.obstacles.find(({ code }) => code === 'settings-overruled' || code === 'client-too-old');
  if (obstacle) return broken('client', obstacle.message, obstacle);
  if (!seen?.selected) return broken('client', 'The mailbox does not use your certificate.', notSetUp());
  if (byHand) return holds('client', 'The mailbox uses your certificate; you press Encrypt yourself.');
  if (!inspection.autoEnable) {
    return broken('client', 'Automatic encryption is switched off in Thunderbird.', failure('changed-by-hand'));
  }
  if (inspection.peopleReady.length > 0 && !inspection.anchorTrusted) {
    return broken('client', 'Thunderbird does not trust the certificates of the people you added.', notSetUp());
  }
  const suffix = profile.running ? '; it takes up changes at its next start' : '';
  return holds('client', `Thunderbird encrypts by itself where it knows everybody's certificate${suffix}.`);
}

function deliveryStep(inspection: ProfileInspection): ChainStep {
  const says =
    inspection.peopleReady.length === 0
      ? 'Nobody who can get encrypted mail from you is known yet. A test mail to yourself shows that it works.'
      : 'A test mail to yourself shows that it works.';
  return { link: 'delivery', state: 'unknown', says, failure: null };
}

function holds(link: ChainStep['link'], says: string): ChainStep {
  return { link, state: 'holds', says, failure: null };
}

function broken(link: ChainStep['link'], says: string, why: Failure): ChainStep {
  return { link, state: 'broken', says, failure: why };
}

function notSetUp(): Failure {
  return failure('not-set-up');
}
