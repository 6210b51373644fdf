import type { Applied, PlannedChange } from '@endymail/shared/catalog';
import type { CatalogName } from '@endymail/shared/identity';
import { hash32Of, keyIdOf, type KeyId } from '@endymail/shared/sealing';
import { emptyFold, folded } from '../../../../shared/catalog/fold.ts';
import type { Folds } from '../folds.ts';

/** What a mesh service keeps of the catalogs, opened: one list of entries that all devices agree on. */
export interface CatalogLog {
  folds: Folds;
  /** How many entries were written. */
  length: number;
}

const NAMES: readonly CatalogName[] = ['devices', 'mailboxes', 'authorities', 'people', 'settings'];

/** A log in which nothing is written; of the catalogs that a device with these rights may read. */
export const emptyLog = (names: readonly CatalogName[] = NAMES): CatalogLog => ({
  folds: new Map(names.map((name) => [name, emptyFold(name)])),
  length: 0,
});

/** Writes entries at the end, as `writer`. */
export function write(
  log: CatalogLog,
  changes: ReadonlyMap<CatalogName, readonly PlannedChange[]>,
  writer: KeyId = deviceId(1),
): void {
  const folds = new Map(log.folds);
  for (const [name, planned] of changes) {
    for (const { change } of planned) {
      log.length += 1;
      folds.set(name, folded(folds.get(name) ?? emptyFold(name), applied(change, log.length, writer)));
    }
  }
  log.folds = folds;
}

function applied(change: PlannedChange['change'], index: number, signer: KeyId): Applied {
  const hash = hash32Of(Uint8Array.of(index >> 16, index >> 8, index));
  const chain = { count: 1, hash };
  return { kind: 'applied', signer, index, hash, size: 256, counter: index, chain, time: index, change };
}

/** The id of a device of a test. */
export const deviceId = (number: number): KeyId => keyIdOf(new Uint8Array(32).fill(number));
