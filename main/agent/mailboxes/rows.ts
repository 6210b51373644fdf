import { failure, type Failure } from '@endymail/shared/result';
import {
  AUTO_ENABLE_PREF,
  hasKeyEnded,
  type ClientIdentity,
  type Discovery,
  type MailAddress,
  type MailboxList,
  type MailboxPlace,
  type MailboxRow,
  type MailboxState,
} from '@endymail/shared/mail';
import type { AgentState, MailboxRecord } from '../home/state.ts';
import { thunderbirdDbKey } from '../mail-clients/thunderbird/db-key.ts';
import { personView } from '../people/people.ts';
import { isByHand } from './consent.ts';

/**
 * One row per address, with every identity of every profile that has it below. `waiting` holds the profiles that still
 * have to be brought to what is wanted.
 */
export function mailboxRows(
  discovery: Discovery,
  state: AgentState,
  waiting: ReadonlyMap<string, Failure>,
  now: Date,
): MailboxList {
  const isAnyReached = state.people.some((person) => !hasKeyEnded(personView(person), now));
  const of = { state, waiting, isAnyReached };
  const placesByAddress = new Map<MailAddress, MailboxPlace[]>();
  for (const profile of discovery.profiles) {
    for (const identity of profile.identities) {
      const record = state.mailboxes.find((mailbox) => mailbox.address === identity.address);
      const places = placesByAddress.get(identity.address) ?? [];
      places.push({ profile, identity, setup: setupOf(identity, record) });
      placesByAddress.set(identity.address, places);
    }
  }
  const rows = [...placesByAddress].map(([address, places]) => rowOf(address, places, of));
  const problems = [...discovery.problems, ...discovery.profiles.flatMap((profile) => profile.problems)];
  return { rows, problems: rows.length === 0 && problems.length === 0 ? [nothingFound(discovery)] : problems };
}

/** Why there is no mailbox, where nothing else is wrong. */
function nothingFound({ profiles }: Discovery): Failure {
  if (profiles.length === 0) return failure('no-client');
  return profiles.every(({ version }) => version === null)
    ? failure('client-unused', 'Thunderbird was never started with its profile.')
    : failure('no-mailbox');
}

/** What the identity uses now: nothing, a certificate that Endymail made for it, or a set-up of the person's own. */
function setupOf(identity: ClientIdentity, record: MailboxRecord | undefined): MailboxPlace['setup'] {
  const selected = [identity.signingKey, identity.encryptionKey].filter((key) => key !== null);
  if (selected.length > 0) {
    const ours = record ? [record.current, ...record.former].map((own) => thunderbirdDbKey(own.certificate)) : [];
    return selected.every((key) => ours.includes(key)) ? 'endymail' : 'own-smime';
  }
  return identity.openPgpKey === null ? 'none' : 'own-openpgp';
}

interface RowsOf {
  readonly state: AgentState;
  readonly waiting: ReadonlyMap<string, Failure>;
  /** Whether mail to anybody is encrypted now. */
  readonly isAnyReached: boolean;
}

function rowOf(address: MailAddress, places: readonly MailboxPlace[], of: RowsOf): MailboxRow {
  const { state, waiting } = of;
  const record = state.mailboxes.find((mailbox) => mailbox.address === address);
  const reasons = record?.enabled ? waitingReasons(places, waiting) : reasonsAgainst(places);
  return {
    address,
    name: places.map((place) => place.identity.name).find((name) => name !== '') ?? '',
    state: stateOf(record, places, of),
    places,
    suggested: !record?.enabled && reasons.length === 0,
    reasons,
  };
}

function stateOf(
  record: MailboxRecord | undefined,
  places: readonly MailboxPlace[],
  { state, waiting, isAnyReached }: RowsOf,
): MailboxState {
  if (!record?.enabled) return 'off';
  const stops = waitingReasons(places, waiting);
  if (stops.some((stop) => stop.code !== 'client-running' && stop.code !== 'client-started')) return 'needs-you';
  if (stops.length > 0) return 'waiting';
  if (places.some((place) => place.setup !== 'endymail')) return 'needs-you';
  if (places.some((place) => isByHand(state, place.profile.id))) return 'by-hand';
  // Set up and yet not automatic: somebody switched it off, which the person should know.
  if (places.some((place) => !place.profile.autoEnable)) return 'needs-you';
  return isAnyReached ? 'protected' : 'ready';
}

function waitingReasons(places: readonly MailboxPlace[], waiting: ReadonlyMap<string, Failure>): readonly Failure[] {
  const ids = new Set(places.map((place) => place.profile.id));
  return [...ids].flatMap((id) => waiting.get(id) ?? []);
}

/** Why a mailbox is not ticked by itself. */
function reasonsAgainst(places: readonly MailboxPlace[]): readonly Failure[] {
  const reasons: Failure[] = [];
  if (places.some((place) => place.setup === 'own-smime')) {
    reasons.push(failure('own-setup', 'This mailbox has an S/MIME certificate of your own.'));
  }
  if (places.some((place) => place.setup === 'own-openpgp')) {
    reasons.push(failure('own-setup', 'This mailbox has an OpenPGP key of your own.'));
  }
  for (const { profile } of places) {
    reasons.push(...profile.problems.filter((problem) => problem.code === 'client-too-old'));
    const fixed = profile.overruled.find((pref) => pref.name === AUTO_ENABLE_PREF && pref.value !== true);
    if (fixed) reasons.push(failure('settings-overruled'));
  }
  return reasons;
}
