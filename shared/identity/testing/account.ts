import type { Redacted } from '../../result/index.ts';
import {
  generateKemKey,
  generateSigningKey,
  newRecoverySecret,
  rootKeyOf,
  type KemKey,
  type SigningKey,
} from '../../sealing/index.ts';
import type { SequenceId } from '../../sealing/index.ts';
import type { Owner } from '../bundle.ts';
import { firstSequenceHead, type Head } from '../heads.ts';
import { makeAccount } from '../making/make-account.ts';
import { makeAddDevice } from '../making/make-add-device.ts';
import type { KeysOfSequences, NewLink } from '../making/new-link.ts';
import { makeReverse } from '../reverse.ts';
import type { Profile } from '../profile.ts';

/** The keys of a device, as a test holds them. */
export interface TestDevice {
  readonly signing: SigningKey;
  readonly kem: KemKey;
}

export const newDevice = async (): Promise<TestDevice> => ({
  signing: await generateSigningKey(),
  kem: await generateKemKey(),
});

/** An account of which a test holds every key. */
export interface TestAccount {
  readonly profile: Profile;
  readonly links: readonly Uint8Array[];
  readonly bundles: readonly (Uint8Array | null)[];
  readonly epochKeys: KeysOfSequences;
  readonly kemKeys: ReadonlyMap<Owner, Uint8Array>;
  readonly root: SigningKey;
  readonly recoverySecret: Redacted<Uint8Array>;
  readonly first: TestDevice;
}

export const NOW = 1_800_000_000;

export async function newAccount(): Promise<TestAccount> {
  const recoverySecret = newRecoverySecret();
  const first = await newDevice();
  const made = await makeAccount({ recoverySecret, device: first, nowSeconds: NOW });
  return {
    profile: made.profile,
    links: [made.link],
    bundles: [made.bundle],
    epochKeys: made.epochKeys,
    kemKeys: made.kemKeys,
    root: await rootKeyOf(recoverySecret),
    recoverySecret,
    first,
  };
}

/** The account with one link more. */
export const withLink = (account: TestAccount, made: NewLink): TestAccount => ({
  ...account,
  profile: made.profile,
  links: [...account.links, made.link],
  bundles: [...account.bundles, made.bundle],
});

/** The account with a device more, added by its first one. */
export async function withDevice(account: TestAccount, device: TestDevice, roles: number): Promise<TestAccount> {
  const { profile, first } = account;
  const reverse = await makeReverse(device.signing, { account: profile.account, roles, head: profile.head });
  const made = await makeAddDevice({
    profile,
    admin: first.signing,
    device: { publicKey: device.signing.publicKey, kemKey: device.kem.publicKey, roles, reverse, invitation: null },
    request: null,
    epochKeys: account.epochKeys,
    nowSeconds: NOW + 1,
  });
  const kemKeys = new Map<Owner, Uint8Array>([...account.kemKeys, [device.signing.id, device.kem.publicKey]]);
  return { ...withLink(account, made), kemKeys };
}

/** Every sequence empty. */
export const emptyHeads = (profile: Profile): ReadonlyMap<SequenceId, Head> =>
  new Map([...profile.sequences.keys()].map((id) => [id, firstSequenceHead(profile.account, id)]));
