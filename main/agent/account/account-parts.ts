import type { Failure, Result } from '@endymail/shared/result';
import type { AccountName } from '@endymail/shared/mesh-api';
import type { Hash32, SigningKey } from '@endymail/shared/sealing';
import type { AgentState } from '../home/state.ts';
import type { FoundService, Hosting, ServiceAddress, ServiceClient, WatchOptions } from '../mesh/index.ts';
import type { MeshFiles } from './mesh-files.ts';

/** What stands around the account: the agent's memory, its mail clients, the network, this computer. */
export interface AccountParts {
  readonly state: () => AgentState;
  /** Durable when it resolves. */
  readonly update: (next: AgentState) => Promise<Result<void, Failure>>;
  readonly files: MeshFiles;
  /** `pin`: the service must prove itself with this key. */
  readonly find: (name: AccountName, pin?: Hash32 | null) => Promise<Result<FoundService, Failure>>;
  /** The service that this computer itself may run. */
  readonly hosting: Hosting;
  readonly connect: (service: ServiceAddress, key: SigningKey | null) => ServiceClient;
  /** Has it told when the service says that something is new; returns what ends it. */
  readonly watch: (options: Omit<WatchOptions, 'now'>) => () => void;
  /** Brings the mail clients to what is wanted now. */
  readonly reconcile: () => Promise<Result<unknown, Failure>>;
  readonly now: () => Date;
  /** What this computer is called, and what it runs on. */
  readonly here: { readonly name: string; readonly platform: string };
  /** Resolves after a while; how long, the surroundings know. */
  readonly pause: () => Promise<void>;
}
