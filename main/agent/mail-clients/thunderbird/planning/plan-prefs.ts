import type { ChangedByHand, ChangedByHandChoice, ClientProfile, PlannedStep, PrefValue } from '@endymail/shared/mail';
import { settingsOfRun, type PrefChange } from '../journal/event.ts';
import type { Ledger, OwnedPref } from '../journal/ledger.ts';
import type { PrefsDocument } from '../reading/index.ts';
import { identityPrefs, type Wanted, type WantedPref } from './wanted.ts';

/** What is to be done to prefs.js. */
export interface PrefsWork {
  readonly steps: readonly PlannedStep[];
  readonly changedByHand: readonly ChangedByHand[];
  /** To be set to `ours`. */
  readonly set: readonly PrefChange[];
  /** To be set back to `before`. */
  readonly takeBack: readonly PrefChange[];
  /** Found to be in place, and to be gone, although a crash left the journal unsure. */
  readonly inPlace: readonly PrefChange[];
  readonly gone: readonly PrefChange[];
}

interface PrefsContext {
  readonly profile: ClientProfile;
  readonly prefs: PrefsDocument;
  readonly ledger: Ledger;
  readonly wanted: Wanted;
  readonly changedByHand: ChangedByHandChoice;
}

/** Compares the wanted prefs and those that are ours with what stands in prefs.js. */
export function planPrefs(context: PrefsContext): PrefsWork {
  const { ledger, wanted } = context;
  const found = [
    ...[...wanted.prefs].map(([name, pref]) => wantPref(context, name, pref)),
    ...[...ledger.prefs.values()]
      .filter(({ name }) => !wanted.prefs.has(name))
      .map((owned) => dropPref(context, owned)),
  ];
  return {
    steps: [...cleanUpSteps(context), ...found.flatMap(({ step: needed }) => needed ?? [])],
    changedByHand: found.flatMap(({ changedByHand }) => changedByHand ?? []),
    set: found.flatMap(({ set }) => set ?? []),
    takeBack: found.flatMap(({ takeBack }) => takeBack ?? []),
    inPlace: found.flatMap(({ inPlace }) => inPlace ?? []),
    gone: found.flatMap(({ gone }) => gone ?? []),
  };
}

/** A run of the client that a crash cut short left settings; cleaning up is done before everything else. */
function cleanUpSteps({ ledger, prefs }: PrefsContext): readonly PlannedStep[] {
  if (ledger.clientRun === null) return [];
  return settingsOfRun(ledger.clientRun, prefs).map(({ name, before, ours }) => step(name, ours, before, null));
}

/** What one pref needs; nothing where it is as it should be. */
interface PrefFinding {
  readonly step?: PlannedStep;
  readonly changedByHand?: ChangedByHand;
  readonly set?: PrefChange;
  readonly takeBack?: PrefChange;
  readonly inPlace?: PrefChange;
  readonly gone?: PrefChange;
}

function wantPref(context: PrefsContext, name: string, { value, address }: WantedPref): PrefFinding {
  const now = context.prefs.get(name);
  const owned = context.ledger.prefs.get(name);
  const change: PrefChange = {
    kind: 'pref',
    name,
    address,
    before: owned === undefined ? now : owned.before,
    ours: value,
  };
  if (now === value) return owned === undefined || isSettledOn(owned, value) ? {} : { inPlace: change };
  // Fixed from outside to just this value: writing it as well would only leave something to take back.
  if (context.profile.overruled.some((fixed) => fixed.name === name && fixed.value === value)) return {};
  const set = { set: change, step: step(name, now, value, address) };
  if (owned === undefined || isOurs(owned, now)) return set;
  return drifted(context, owned, now, set);
}

function dropPref(context: PrefsContext, owned: OwnedPref): PrefFinding {
  const { name, address, before } = owned;
  const now = context.prefs.get(name);
  const change: PrefChange = { kind: 'pref', name, address, before, ours: owned.ours.at(-1) ?? null };
  if (now === before || !ownerExists(context, name)) return { gone: change };
  const takeBack = { takeBack: change, step: step(name, now, before, address) };
  return owned.ours.includes(now) ? takeBack : drifted(context, owned, now, takeBack);
}

function drifted(context: PrefsContext, owned: OwnedPref, now: PrefValue, mend: PrefFinding): PrefFinding {
  const { name, address, before, ours } = owned;
  const changedByHand: ChangedByHand = { what: 'pref', name, address, ours: ours.at(-1) ?? null, now, before };
  return context.changedByHand === 'put-back' ? { ...mend, changedByHand } : { changedByHand };
}

/** Whether a value that differs from the wanted one is still nobody else's: written by us, or perhaps not yet written. */
const isOurs = (owned: OwnedPref, now: PrefValue): boolean =>
  owned.ours.includes(now) || (!owned.settled && now === owned.before);

const isSettledOn = ({ settled, ours }: OwnedPref, value: PrefValue): boolean =>
  settled && ours.length === 1 && ours[0] === value;

/**
 * Whether what the pref belongs to is still there. When an account is deleted its prefs go; putting one of them back
 * would make a ghost of an identity.
 */
function ownerExists({ prefs }: PrefsContext, name: string): boolean {
  const identityId = /^mail\.identity\.([^.]+)\./.exec(name)?.[1];
  return identityId === undefined || prefs.get(identityPrefs(identityId).address) !== null;
}

const step = (name: string, from: PrefValue, to: PrefValue, address: PrefChange['address']): PlannedStep => ({
  kind: 'set-pref',
  name,
  from,
  to,
  scope: name.startsWith('mail.identity.') ? 'identity' : 'profile',
  address,
});
