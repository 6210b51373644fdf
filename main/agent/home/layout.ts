import { join } from 'node:path';
import { isWrappingKeyFile } from '../keychain/file-keychain.ts';

/** What stands where in a home folder. */
export interface HomeLayout {
  readonly folder: string;
  /** Id of the home and kind of its keychain. Not secret. */
  readonly identity: string;
  /** `AgentState`, sealed under the wrapping key. */
  readonly state: string;
  /** What was written into the mail clients: the adapters' journals. Not secret. */
  readonly clients: string;
  /** What was fetched of the account's devices and catalogs (`MeshFiles`). What is secret in it is sealed. */
  readonly mesh: string;
  /** What the service of this computer keeps where an account is kept here; it can read nothing of it. */
  readonly service: string;
  /** When this home was last served, and what of that was not told yet. Not secret. */
  readonly lastServed: string;
  /** Locked by the process that owns the home. Empty. */
  readonly lock: string;
  /** Who that is. */
  readonly holder: string;
}

const IDENTITY = 'home.json';
const STATE = 'state.sealed';
const CLIENTS = 'clients';
const MESH = 'mesh';
const SERVICE = 'service';
const LAST_SERVED = 'last-served.json';

/** What a home that is being restored is called until it is complete (`temporaryName`). */
export const RESTORING = 'restore';

/** The paths in a home folder. */
export function layoutOf(folder: string): HomeLayout {
  return {
    folder,
    identity: join(folder, IDENTITY),
    state: join(folder, STATE),
    clients: join(folder, CLIENTS),
    mesh: join(folder, MESH),
    service: join(folder, SERVICE),
    lastServed: join(folder, LAST_SERVED),
    lock: join(folder, 'lock.db'),
    holder: join(folder, 'holder.json'),
  };
}

/** Whether an entry of a home folder is data of ours. Everything else in it is somebody else's and is left alone. */
export const isOurData = (name: string): boolean =>
  name === IDENTITY ||
  name === STATE ||
  name === CLIENTS ||
  name === MESH ||
  name === SERVICE ||
  name === LAST_SERVED ||
  isWrappingKeyFile(name);
