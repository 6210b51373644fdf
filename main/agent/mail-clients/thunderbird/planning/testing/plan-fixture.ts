import type { ClientIdentity, ClientProfile, MailAddress } from '@endymail/shared/mail';
import {
  certificateId,
  createAnchor,
  createMailboxAuthority,
  issueCrossCertificate,
  issueMailboxCertificate,
} from '../../../../certificates/index.ts';
import { address, identity as anIdentity, profile as aProfile } from '../../../../testing/profiles.ts';
import type { IdentityTarget, PersonTarget, ProfileTarget } from '../../../adapter.ts';
import { thunderbirdDbKey } from '../../db-key.ts';
import type { Change, EventKind } from '../../journal/event.ts';
import { replay, type Ledger } from '../../journal/ledger.ts';
import { parsePrefs, type StoredCertificate } from '../../reading/index.ts';
import { planProfile, type PlannedWork, type ProfileState } from '../plan.ts';

const NOW = new Date('2026-03-01T00:00:00Z');

export const ALICE = address('alice@example.test');
export const WORK = address('alice@work.test');
const BOB = address('bob@example.test');

async function mailbox(of: MailAddress): Promise<{ readonly authority: Uint8Array; readonly own: Uint8Array }> {
  const authority = await createMailboxAuthority({ address: of, algorithm: 'ec-p256', now: NOW });
  const own = await issueMailboxCertificate({ authority, address: of, name: '', algorithm: 'ec-p256', now: NOW });
  return { authority: authority.certificate, own: own.certificate };
}

const localAnchor = await createAnchor({ now: NOW });
const alice = await mailbox(ALICE);
const bob = await mailbox(BOB);

export const authority = alice.authority;
export const certificate = alice.own;
export const dbKey = thunderbirdDbKey(certificate);
export const anchor = localAnchor.certificate;
/** Bob, whom Alice knows. */
export const people: readonly PersonTarget[] = [
  {
    address: BOB,
    certificate: bob.own,
    crossCertificate: await issueCrossCertificate({
      anchor: localAnchor,
      authority: bob.authority,
      address: BOB,
      now: NOW,
    }),
  },
];

export const id1 = (name: string): string => `mail.identity.id1.${name}`;

export const identity = (change: Partial<ClientIdentity> = {}): ClientIdentity => anIdentity('id1', ALICE, change);

export const profile = (change: Partial<ClientProfile> = {}): ClientProfile =>
  aProfile('default', [identity()], change);

export interface Situation extends Partial<Omit<ProfileState, 'prefs' | 'store' | 'ledger'>> {
  /** Lines of prefs.js besides the identity's address. */
  readonly prefs?: Readonly<Record<string, string | boolean | number>>;
  readonly store?: readonly (Partial<StoredCertificate> & { readonly der: Uint8Array })[];
  readonly ledger?: Ledger;
}

export function plan(target: ProfileTarget, situation: Situation = {}): PlannedWork {
  const values = { [id1('useremail')]: ALICE, ...situation.prefs };
  const text = Object.entries(values).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
  const prefs = parsePrefs(text.join(''));
  if (!prefs.ok) throw new Error(prefs.error.message);
  const state: ProfileState = {
    profile: profile(),
    writable: true,
    route: 'nss-tools',
    readAt: NOW,
    ...situation,
    prefs: prefs.value,
    ledger: situation.ledger ?? replay([]),
    store: {
      certificates: (situation.store ?? []).map((stored) => ({
        label: null,
        trustedForMail: false,
        hasPrivateKey: false,
        ...stored,
      })),
    },
  };
  return planProfile(state, target);
}

export const wanted = (change: Partial<IdentityTarget> = {}, target: Partial<ProfileTarget> = {}): ProfileTarget => ({
  identities: [
    {
      identityId: 'id1',
      address: ALICE,
      authority,
      certificate,
      pkcs12: () => Promise.reject(new Error('not asked for while planning')),
      former: [],
      replaceOwn: false,
      ...change,
    },
  ],
  anchor: null,
  people: [],
  automatic: { autoEnable: true, autoDisable: true },
  changedByHand: 'leave',
  ...target,
});

export const NOTHING: ProfileTarget = {
  identities: [],
  anchor: null,
  people: [],
  automatic: null,
  changedByHand: 'leave',
};

export const ledgerOf = (...events: readonly (readonly [EventKind, Change])[]): Ledger =>
  replay(events.map(([event, change], index) => ({ n: index + 1, event, change })));

export const ownedPref = (name: string, ours: string | boolean, before: string | boolean | null = null): Change => ({
  kind: 'pref',
  name,
  address: ALICE,
  before,
  ours,
});
export const ownedCertificate = (der: Uint8Array, before: 'absent' | 'untrusted' = 'absent'): Change => ({
  kind: 'certificate',
  id: certificateId(der),
  role: 'own-authority',
  address: ALICE,
  der,
  before,
});

export const short = ({ plan: { steps } }: PlannedWork): string[] =>
  steps.map((step) =>
    step.kind === 'set-pref'
      ? `${step.name}: ${JSON.stringify(step.from)} -> ${JSON.stringify(step.to)}`
      : step.kind === 'import-key'
        ? `key ${step.certificateId.slice(0, 8)}`
        : `${step.kind} ${step.role}`,
  );
export const obstacles = ({ plan: { obstacles: found } }: PlannedWork): string[] => found.map(({ code }) => code);
