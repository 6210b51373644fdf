import { addressGroup } from './address-group.ts';
import { createAllowance } from './allowance.ts';
import type { ServiceLimits } from './limits.ts';

/** Who may come how often. Each answer: null, it may; otherwise after how many seconds. */
export interface Admission {
  readonly request: (address: string) => number | null;
  /** Of a device that has proved to be one: a stranger must not be able to use up what an account has. */
  readonly signedRequest: (account: string) => number | null;
  readonly newAccount: (address: string) => number | null;
  readonly joinRequest: (address: string) => number | null;
}

const MINUTE_SECONDS = 60;
const DAY_SECONDS = 86_400;

export function createAdmission(limits: ServiceLimits, nowMs: () => number): Admission {
  const per = (count: number, seconds: number) => createAllowance(count, seconds, limits.maxCounted, nowMs);
  const requests = per(limits.addressRequestsPerMinute, MINUTE_SECONDS);
  const signed = per(limits.accountRequestsPerMinute, MINUTE_SECONDS);
  const accounts = per(limits.addressNewAccountsPerDay, DAY_SECONDS);
  const joins = per(limits.addressJoinRequestsPerMinute, MINUTE_SECONDS);
  return {
    request: (address) => requests.take(addressGroup(address)),
    signedRequest: (account) => signed.take(account),
    newAccount: (address) => accounts.take(addressGroup(address)),
    joinRequest: (address) => joins.take(addressGroup(address)),
  };
}
