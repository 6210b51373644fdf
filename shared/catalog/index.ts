export type { Change, Deletion, Upsert } from './change.ts';
export { makeEntry, placeToWrite, type MadeEntry, type MakeFault, type WritePlace } from './entry.ts';
export { deletionOf, itemOf, itemsOf, upsertOf, type Fold, type FoldItem } from './fold.ts';
export {
  ITEM_ID_OF_SETTINGS,
  itemIdOf,
  itemIdOfAuthority,
  itemIdOfDevice,
  itemIdOfKey,
  itemIdOfMailbox,
  itemIdOfPerson,
  type ItemId,
} from './item-id.ts';
export type {
  AuthorityItem,
  DeviceItem,
  Item,
  KeyItem,
  MailboxAlgorithm,
  MailboxItem,
  PersonItem,
  SettingsItem,
} from './items.ts';
export type { Applied, Outcome, SequenceFault, Unreadable, UnreadableReason, Void, VoidReason } from './outcome.ts';
export { readEntry, type EpochKeys, type OwnRecord, type ReadBy } from './reader.ts';
export { readRange, startReading, type RangeRead, type Reading } from './reading.ts';
export { sequencePassed, startSequence, type SequenceState } from './sequence-state.ts';
export {
  decodeSnapshot,
  encodeSnapshot,
  partsOf,
  type Snapshot,
  type SnapshotFault,
  type SnapshotWrite,
} from './snapshot.ts';
