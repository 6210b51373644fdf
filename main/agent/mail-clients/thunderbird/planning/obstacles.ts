import { failure, type Failure } from '@endymail/shared/result';
import type { CertificateRole, ClientProfile } from '@endymail/shared/mail';
import type { StoreRoute } from '../applying/store-change.ts';
import type { Ledger } from '../journal/ledger.ts';
import { ownSetup } from './consents.ts';
import type { PrefsWork } from './plan-prefs.ts';
import type { StoreWork } from './plan-store.ts';
import { identityPrefs, type Wanted } from './wanted.ts';

/** How the certificate store would be written; `none` where no way is open. */
export type Route = StoreRoute | 'none';

interface Situation {
  readonly profile: ClientProfile;
  readonly ledger: Ledger;
  readonly writable: boolean;
  readonly route: Route;
}

interface Work {
  readonly prefs: PrefsWork;
  readonly store: StoreWork;
}

/** What stands in the way of doing the work now; what only the person can decide comes before what passes by itself. */
export function findObstacles(situation: Situation, wanted: Wanted, work: Work): readonly Failure[] {
  const { profile, writable } = situation;
  return [
    ...profile.problems.filter(({ code }) => code === 'client-too-old'),
    ...(writable ? [] : [failure('profile-read-only', `The folder ${profile.path} can not be written to.`)]),
    ...ownSetups(situation, wanted),
    ...overruledSettings(profile, wanted),
    ...primaryPassword(situation, work),
    ...noRoute(situation, work),
    ...clientRunning(situation, work),
  ];
}

function ownSetups({ ledger }: Situation, wanted: Wanted): readonly Failure[] {
  return wanted.identities.flatMap(({ target, identity }) => {
    const own = target.replaceOwn ? null : ownSetup(identity, ledger);
    // A value of ours that was changed by hand since is drift, not a set-up that was there before.
    const drifted = own === 'own-smime' && ledger.prefs.has(identityPrefs(identity.id).signingKey);
    if (own === null || drifted) return [];
    const technology = own === 'own-smime' ? 'S/MIME' : 'OpenPGP';
    return [failure('own-setup', `${identity.address} has its own ${technology} set-up.`)];
  });
}

function overruledSettings(profile: ClientProfile, wanted: Wanted): readonly Failure[] {
  return profile.overruled
    .filter(({ name, value }) => {
      const ours = wanted.prefs.get(name);
      return ours !== undefined && ours.value !== value;
    })
    .map(({ name, by }) => failure('settings-overruled', `The setting ${name} is fixed by ${WHO_FIXES[by]}.`));
}

const WHO_FIXES = Object.freeze({
  'user.js': 'the user.js of the profile',
  policy: 'a policy of the administrator',
  autoconfig: 'a configuration file of the administrator',
});

/**
 * Keys and trust are sealed under the primary password; certificates without trust are not (proved for adding and
 * removing with the NSS tools). A run without a window would wait for it for ever.
 */
function primaryPassword({ profile, route }: Situation, { store }: Work): readonly Failure[] {
  if (profile.primaryPassword !== true || !changesStore(store)) return [];
  const sealed =
    store.importKeys.length > 0 ||
    store.add.some(({ trust }) => trust !== 'none') ||
    store.takeBack.some(({ role }) => TRUSTED_ROLES.has(role));
  return sealed || route !== 'nss-tools' ? [failure('primary-password')] : [];
}

function noRoute({ profile, route }: Situation, { store }: Work): readonly Failure[] {
  if (route !== 'none' || !changesStore(store)) return [];
  return [failure(profile.program === null ? 'client-not-installed' : 'tools-missing')];
}

/** Settings are never written while the client runs; people's certificates may be, with the NSS tools (proved). */
function clientRunning({ profile, route }: Situation, { prefs, store }: Work): readonly Failure[] {
  if (!profile.running) return [];
  const closedOnly =
    prefs.steps.length + store.importKeys.length > 0 ||
    [...store.add.map(({ change }) => change), ...store.takeBack].some(({ role }) => !LIVE_ROLES.has(role));
  return closedOnly || route !== 'nss-tools'
    ? [failure('client-running', `${profile.product} is running with the profile ${profile.name}.`)]
    : [];
}

const TRUSTED_ROLES: ReadonlySet<CertificateRole> = new Set(['own-authority', 'anchor']);
const LIVE_ROLES: ReadonlySet<CertificateRole> = new Set(['anchor', 'cross-certificate', 'person']);

const changesStore = ({ add, importKeys, takeBack }: StoreWork): boolean =>
  add.length + importKeys.length + takeBack.length > 0;
