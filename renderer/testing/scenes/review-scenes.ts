import type { WindowClient } from '@endymail/shared/ipc';
import {
  AUTO_DISABLE_PREF,
  AUTO_ENABLE_PREF,
  type ChangePlan,
  type MailAddress,
  type PlannedStep,
} from '@endymail/shared/mail';
import { failure, ok } from '@endymail/shared/result';
import type { FakeHandlers } from '../fake-window.ts';
import { CLUB, MIRA, WORK } from './mailboxes.ts';
import type { Scene } from './scene.ts';
import { profileId, rows, view } from './values.ts';

type Choices = Parameters<WindowClient['plan']>[1];

const CERTIFICATE_ID = '5f:9a:0c:77:e1:34:b8:02:6d:41:aa:90:3e:cc:15:f8';

function setUpSteps(address: MailAddress, identity: string): PlannedStep[] {
  const pref = (name: string, to: string): PlannedStep => ({
    kind: 'set-pref',
    name: `mail.identity.${identity}.${name}`,
    from: null,
    to,
    scope: 'identity',
    address,
  });
  return [
    { kind: 'import-key', address, certificateId: CERTIFICATE_ID },
    pref('signing_cert_name', 'Endymail'),
    pref('signing_cert_dbkey', 'AAAAAAAAAAAAAAAUAAAAKHXk0b1'),
    pref('encryption_cert_name', 'Endymail'),
    pref('encryption_cert_dbkey', 'AAAAAAAAAAAAAAAUAAAAKHXk0b1'),
  ];
}

const switchOn = (name: string): PlannedStep => ({
  kind: 'set-pref',
  name,
  from: false,
  to: true,
  scope: 'profile',
  address: null,
});

function plan(number: number, steps: readonly PlannedStep[], changed: Partial<ChangePlan> = {}): ChangePlan {
  return {
    profileId: profileId(number),
    profileName: number === 1 ? 'default-esr' : 'Rowing club',
    profilePath: `/home/mira/.thunderbird/${number === 1 ? 'x1y2z3.default-esr' : 'a9b8c7.rowing'}`,
    steps,
    consents: [],
    changedByHand: [],
    knownPeople: 0,
    obstacles: [],
    ...changed,
  };
}

/** Plans as an agent would make them of these mailboxes: one profile for each, with the switch unless by hand. */
function plansFor(addresses: readonly MailAddress[], { byHand = false }: Choices): ChangePlan[] {
  return addresses.map((address) => {
    const isClub = address === CLUB.address;
    const steps = setUpSteps(address, 'id1');
    return plan(isClub ? 2 : 1, byHand ? steps : [...steps, switchOn(AUTO_ENABLE_PREF), switchOn(AUTO_DISABLE_PREF)]);
  });
}

const planning =
  (change: (plans: ChangePlan[], choices: Choices) => ChangePlan[] = (plans) => plans): FakeHandlers =>
  () => ({
    plan: async ([addresses, choices]) => Promise.resolve(ok(change(plansFor(addresses, choices), choices))),
  });

const FOUND = view({ mailboxes: rows([MIRA, CLUB, WORK]) });
const BOTH = { screen: 'review', addresses: [MIRA.address, CLUB.address] } as const;

/** What will change, with everything that may have to be asked. */
export const REVIEW_SCENES = {
  review: { view: FOUND, route: BOTH, handlers: planning() },
  'review-known-people': {
    view: FOUND,
    route: BOTH,
    handlers: planning((plans) => plans.map((made) => ({ ...made, knownPeople: 2 }))),
  },
  'review-consent': {
    view: FOUND,
    route: BOTH,
    handlers: planning((plans, { byHand = false }) =>
      plans.map((made) =>
        made.profileId === profileId(1) && !byHand
          ? {
              ...made,
              consents: [
                {
                  kind: 'profile-wide',
                  identities: [{ identityId: 'id2', address: WORK.address, loses: 'require-encryption' }],
                },
              ],
            }
          : made,
      ),
    ),
  },
  'review-own': {
    view: FOUND,
    route: { screen: 'review', addresses: [MIRA.address, WORK.address] },
    handlers: planning(),
  },
  'review-changed': {
    view: FOUND,
    route: BOTH,
    handlers: planning((plans, { changedByHand }) =>
      plans.map((made, index) =>
        index === 0 && changedByHand !== 'put-back'
          ? {
              ...made,
              changedByHand: [
                {
                  what: 'pref',
                  name: 'mail.identity.id1.sign_mail',
                  address: MIRA.address,
                  ours: true,
                  now: false,
                  before: null,
                },
              ],
            }
          : made,
      ),
    ),
  },
  'review-obstacles': {
    view: FOUND,
    route: BOTH,
    handlers: planning((plans) =>
      plans.map((made, index) => ({
        ...made,
        obstacles: [failure(index === 0 ? 'client-running' : 'primary-password')],
      })),
    ),
  },
  'review-nothing': {
    view: FOUND,
    route: BOTH,
    handlers: planning((plans) => plans.map((made) => ({ ...made, steps: [] }))),
  },
  'review-failed': {
    view: FOUND,
    route: BOTH,
    handlers: () => ({
      plan: async () => Promise.resolve({ ok: false, error: failure('profile-malformed') }),
    }),
  },
} satisfies Record<string, Scene>;
