import { createServiceClient, findService, type ServiceAddress, type ServiceClient } from '@endymail/main/agent/mesh';
import { makeAccount, type NewAccount } from '@endymail/shared/identity';
import { parseAccountName } from '@endymail/shared/mesh-api';
import type { Result } from '@endymail/shared/result';
import {
  generateKemKey,
  generateSigningKey,
  newRecoverySecret,
  type AccountId,
  type KemKey,
  type SigningKey,
} from '@endymail/shared/sealing';

/** An account at a service, and the keys of its one device. */
export interface BenchAccount {
  readonly service: ServiceAddress;
  readonly account: AccountId;
  readonly key: SigningKey;
  readonly kem: KemKey;
  readonly made: NewAccount;
  readonly client: ServiceClient;
}

export const nowSeconds = (): number => Math.floor(Date.now() / 1_000);

/** The value of a result; throws where there is none. */
export function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** Makes an account at the service that answers at this URL. */
export async function newAccount(url: string, name: string): Promise<BenchAccount> {
  const { service } = valueOf(await findService(valueOf(parseAccountName(`${name}@${new URL(url).host}`))));
  const key = await generateSigningKey();
  const kem = await generateKemKey();
  const made = await makeAccount({
    recoverySecret: newRecoverySecret(),
    device: { signing: key, kem },
    nowSeconds: nowSeconds(),
  });
  const client = createServiceClient({ service, key, now: () => new Date() });
  valueOf(await client.createAccount({ body: { name, link: made.link, bundle: made.bundle } }));
  return { service, account: made.profile.account, key, kem, made, client };
}
