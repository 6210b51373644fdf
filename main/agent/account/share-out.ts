import {
  ITEM_ID_OF_SETTINGS,
  deletionOf,
  itemIdOf,
  itemIdOfDevice,
  itemIdOfMailbox,
  itemIdOfPerson,
  itemOf,
  upsertOf,
  type PlannedChange,
  type Fold,
  type Item,
} from '@endymail/shared/catalog';
import type { CatalogName } from '@endymail/shared/identity';
import { equalBytes } from '@endymail/shared/sealing';
import type { AgentState, MailboxRecord, PersonRecord } from '../home/state.ts';
import { itemsOfKind, samePerson, type Folds } from './folds.ts';
import {
  authorityItem,
  keyItem,
  mailboxItem,
  personItem,
  secondsOf,
  settingsItem,
  type OwnDescription,
} from './items-of-state.ts';
import type { Withheld } from './withheld.ts';

export interface ShareOutRequest {
  readonly state: AgentState;
  /** What of `base` is not in the state although nobody deleted it. */
  readonly withheld: Withheld;
  /** The catalogs as they were when the state was last compared with them. */
  readonly base: Folds;
  readonly device: OwnDescription;
  readonly now: Date;
}

/**
 * What is to be written into the catalogs so that they say what the state says, per catalog and in this order. Each
 * change names the version in `base` as its parent. What is each computer's own is not shared, and a mailbox is only
 * ever turned on for the others, never off.
 */
export function shareOut(request: ShareOutRequest): ReadonlyMap<CatalogName, readonly PlannedChange[]> {
  const { state, base, device, now } = request;
  const changes = new Map<CatalogName, readonly PlannedChange[]>();
  const share = (name: CatalogName, changesIn: (fold: Fold) => readonly PlannedChange[]): void => {
    const fold = base.get(name);
    const wanted = fold === undefined ? [] : changesIn(fold);
    if (wanted.length > 0) changes.set(name, wanted);
  };
  share('devices', (fold) => deviceChanges(fold, device, now));
  share('authorities', (fold) => state.mailboxes.flatMap((mailbox) => missing(fold, authorityItem(mailbox))));
  share('mailboxes', (fold) => mailboxChanges(fold, request));
  share('people', (fold) => peopleChanges(fold, request));
  share('settings', (fold) => settingsChanges(fold, state));
  return changes;
}

/** Items that are written once. */
function missing(fold: Fold, item: Item | null): readonly PlannedChange[] {
  return item === null || itemOf(fold, itemIdOf(item)) !== null ? [] : [upsertOf(fold, item)];
}

function deviceChanges(fold: Fold, device: OwnDescription, now: Date): readonly PlannedChange[] {
  const known = itemOf(fold, itemIdOfDevice(device.device))?.item;
  if (known?.kind !== 'device') return [upsertOf(fold, { kind: 'device', ...device, added: secondsOf(now) })];
  return known.name === device.name && known.platform === device.platform
    ? []
    : [upsertOf(fold, { ...known, ...device })];
}

/** The keys first: a device that has read no further must not find a mailbox without its key. */
function mailboxChanges(fold: Fold, { state, withheld }: ShareOutRequest): readonly PlannedChange[] {
  const keys = state.mailboxes.flatMap(({ address, current, former }) =>
    [current, ...former].flatMap((key) => missing(fold, keyItem(address, key))),
  );
  const mailboxes = state.mailboxes
    .filter(({ address }) => !withheld.has(itemIdOfMailbox(address)))
    .flatMap((mailbox) => mailboxChange(fold, mailbox));
  return [...keys, ...mailboxes];
}

function mailboxChange(fold: Fold, mailbox: MailboxRecord): readonly PlannedChange[] {
  const known = itemOf(fold, itemIdOfMailbox(mailbox.address))?.item;
  if (known?.kind !== 'mailbox') return [upsertOf(fold, mailboxItem(mailbox, mailbox.enabled))];
  const item = mailboxItem(mailbox, known.enabled || mailbox.enabled);
  const same =
    known.enabled === item.enabled &&
    known.certificate === item.certificate &&
    equalBytes(known.authority, item.authority);
  return same ? [] : [upsertOf(fold, item)];
}

function peopleChanges(fold: Fold, { state, base, withheld }: ShareOutRequest): readonly PlannedChange[] {
  const addresses = new Set(state.people.map(({ address }) => address));
  const deletions = itemsOfKind(base, 'person')
    .filter((item) => !addresses.has(item.address) && !withheld.has(itemIdOf(item)))
    .flatMap((item) => deletionOf(fold, itemIdOf(item)) ?? []);
  return [...deletions, ...state.people.flatMap((person) => personChange(fold, person))];
}

function personChange(fold: Fold, person: PersonRecord): readonly PlannedChange[] {
  const known = itemOf(fold, itemIdOfPerson(person.address))?.item;
  const item = personItem(person);
  return known?.kind === 'person' && samePerson(known, item) ? [] : [upsertOf(fold, item)];
}

function settingsChanges(fold: Fold, { settings }: AgentState): readonly PlannedChange[] {
  const known = itemOf(fold, ITEM_ID_OF_SETTINGS)?.item;
  const item = settingsItem(settings);
  return known?.kind === 'settings' && known.autoDisable === item.autoDisable ? [] : [upsertOf(fold, item)];
}
