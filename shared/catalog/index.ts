export type { Change, Deletion, Upsert } from './change.ts';
export { makeEntry, placeToWrite, type MadeEntry, type MakeFault, type WritePlace } from './entry.ts';
export { deletionOf, itemOf, itemsOf, upsertOf, type Fold, type FoldItem, type PlannedChange } from './fold.ts';
export {
  ITEM_ID_OF_SETTINGS,
  itemIdOf,
  itemIdOfAuthority,
  itemIdOfConfirmation,
  itemIdOfDevice,
  itemIdOfKey,
  itemIdOfMailbox,
  itemIdOfPerson,
  type ItemId,
} from './item-id.ts';
export type {
  AuthorityItem,
  ConfirmationItem,
  DeviceItem,
  Item,
  KeyItem,
  MailboxAlgorithm,
  MailboxItem,
  PersonItem,
  SettingsItem,
} from './items.ts';
export type { Applied, Outcome, SequenceFault, Unreadable, UnreadableReason, Void, VoidReason } from './outcome.ts';
export { hasAllStated } from './agreement.ts';
export type { SequenceKeys } from './opening.ts';
export { readEntry, type EntryRead, type ReadBy } from './reader.ts';
export type { OwnRecord } from './voiding.ts';
export { readRange, startReading, type RangeRead, type Reading } from './reading.ts';
export { NO_ENTRY, sequencePassed, startSequence, type SequenceState } from './sequence-state.ts';
export {
  decodeSnapshot,
  encodeSnapshot,
  partsOf,
  type Snapshot,
  type SnapshotPart,
  type SnapshotWrite,
} from './snapshot.ts';
export type { SnapshotFault } from './snapshot-parts.ts';
