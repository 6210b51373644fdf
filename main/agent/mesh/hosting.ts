import type { Failure, Result } from '@endymail/shared/result';
import type { ServiceAddress } from './service-client.ts';

/** The mesh service that this computer itself may run, for an account that is kept here. */
export interface Hosting {
  /** Runs it, and makes it where there is none. Errors: `here-failed`, and of the disk. */
  run(): Promise<Result<ServiceAddress, Failure>>;
  /** Runs it where it is the service that is about to be called; of every other one nothing is done. Errors: as `run`. */
  runFor(service: ServiceAddress): Promise<Result<void, Failure>>;
  /** Where other devices reach it, as `192.0.2.7:4433`; none where they may not. */
  places(): Promise<readonly string[]>;
  /** Lets other devices reach it, or only this computer. Errors: as `run`. */
  setReachable(isReachable: boolean): Promise<Result<void, Failure>>;
  /** Whether it does not run, and nothing of it is about to. */
  isIdle(): boolean;
  /** Resolves when it has ended. It runs again when it is needed. */
  stop(): Promise<void>;
}
