import type { CatalogName } from '@endymail/shared/identity';
import type { KeyId } from '@endymail/shared/sealing';
import type { AgentState } from '../../home/state.ts';
import { adopt } from '../adopt.ts';
import type { Folds } from '../folds.ts';
import { shareOut } from '../share-out.ts';
import { takeIn } from '../take-in.ts';
import type { Withheld } from '../withheld.ts';
import { write, type CatalogLog } from './log-of-catalogs.ts';

/** A device of which only the mapping is real: it syncs with a log instead of a service. */
export interface PaperDevice {
  readonly id: KeyId;
  state: AgentState;
  withheld: Withheld;
  base: Folds;
  now: Date;
}

/** A device that joins the account whose catalogs `log` has: it takes them over before it compares anything. */
export async function join(id: KeyId, state: AgentState, log: CatalogLog, now: Date): Promise<PaperDevice> {
  const taken = await adopt(state, log.folds, now);
  return { id, ...taken, base: log.folds, now };
}

/** What the device would write. */
export const outgoing = ({ state, withheld, base, id, now }: PaperDevice): ReturnType<typeof shareOut> =>
  shareOut({ state, withheld, base, device: { device: id, name: 'Laptop', platform: 'linux' }, now });

/** Writes what is new here, and takes in everything that is new there. Says what was written. */
export async function sync(device: PaperDevice, log: CatalogLog): Promise<readonly CatalogName[]> {
  const changes = outgoing(device);
  write(log, changes, device.id);
  await takeInOnly(device, log);
  return Array.from(changes.keys());
}

/** Takes in without having written: as when a change is made between the two halves of a sync. */
export async function takeInOnly(device: PaperDevice, log: CatalogLog): Promise<void> {
  const { state, withheld, base, now } = device;
  const taken = await takeIn({ state, withheld, base, folds: log.folds, now });
  device.state = taken.state;
  device.withheld = taken.withheld;
  device.base = log.folds;
}
