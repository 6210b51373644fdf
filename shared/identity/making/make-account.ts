import type { Redacted } from '../../result/index.ts';
import {
  accountIdOf,
  hash32Of,
  kemHash,
  keyCheck,
  newEpochKey,
  parseSequenceId,
  randomBytes,
  recoveryKemOf,
  rootKeyOf,
  wrapEpochKey,
  type KemKey,
  type SequenceId,
  type SigningKey,
} from '../../sealing/index.ts';
import { encodeBundle, type Owner, type Wrap } from '../bundle.ts';
import { CATALOGS } from '../catalogs.ts';
import { firstChainHead } from '../heads.ts';
import { makeReverse } from '../reverse.ts';
import { ALL_ROLES, hasRoles } from '../roles.ts';
import { beginProfile } from '../verify.ts';
import type { KeysOfSequences, NewLink } from './new-link.ts';
import { signLink } from './sign-link.ts';

const SEQUENCE_ID_BYTES = 16;
const FIRST_EPOCH = 1;

/** A new account: its first link, and the keys of the first epochs. */
export interface NewAccount extends NewLink {
  readonly bundle: Uint8Array;
  readonly epochKeys: KeysOfSequences;
  readonly kemKeys: ReadonlyMap<Owner, Uint8Array>;
}

/** Makes an account of a recovery secret, with this device as its first one. */
export async function makeAccount(of: {
  readonly recoverySecret: Redacted<Uint8Array>;
  readonly device: { readonly signing: SigningKey; readonly kem: KemKey };
  readonly nowSeconds: number;
}): Promise<NewAccount> {
  const { device, nowSeconds } = of;
  const [root, recovery] = await Promise.all([rootKeyOf(of.recoverySecret), recoveryKemOf(of.recoverySecret)]);
  const account = accountIdOf(root.publicKey);
  const sequences = CATALOGS.map(({ number, roles }) => ({ catalog: number, sequence: newSequenceId(), roles }));
  const epochKeys = new Map(sequences.map(({ sequence }) => [sequence, newEpochKey()]));
  const head = firstChainHead(account);
  const recoveryKem = kemHash(recovery.publicKey);
  const owners: readonly (readonly [Owner, Uint8Array])[] = [
    [device.signing.id, device.kem.publicKey],
    [recoveryKem, recovery.publicKey],
  ];
  const wraps: Wrap[] = [];
  for (const { sequence, roles } of sequences) {
    const key = epochKeys.get(sequence);
    if (key === undefined || !hasRoles(ALL_ROLES, roles)) continue;
    for (const [owner, kem] of owners) {
      const context = { account, sequence, epoch: FIRST_EPOCH, owner, previousLink: head.hash };
      wraps.push({ sequence, epoch: FIRST_EPOCH, owner, wrap: await wrapEpochKey(kem, key, context) });
    }
  }
  const bundle = encodeBundle({
    kemKeys: owners.map(([owner, key]) => ({ owner, key })),
    wraps,
    previous: [],
  });
  const link = await signLink(account, root, {
    index: 0,
    previous: head.hash,
    time: nowSeconds,
    bundle: hash32Of(bundle),
    body: {
      kind: 'create',
      root: root.publicKey,
      recoveryKem,
      sequences,
      device: {
        publicKey: device.signing.publicKey,
        kem: kemHash(device.kem.publicKey),
        roles: ALL_ROLES,
        reverse: await makeReverse(device.signing, { account, roles: ALL_ROLES, head }),
        invitation: null,
      },
      epochs: [...epochKeys].map(([sequence, key]) => ({
        sequence,
        epoch: FIRST_EPOCH,
        keyCheck: keyCheck(key, { account, sequence, epoch: FIRST_EPOCH }),
      })),
    },
  });
  const profile = await beginProfile(link);
  if (!profile.ok) throw new Error(`A new account does not verify: ${profile.error}`);
  return { link, bundle, profile: profile.value, epochKeys, kemKeys: new Map(owners) };
}

function newSequenceId(): SequenceId {
  const id = parseSequenceId(randomBytes(SEQUENCE_ID_BYTES));
  if (id === null) throw new Error('16 bytes are no sequence id');
  return id;
}
