import {
  keyCheck,
  newEpochKey,
  sealPreviousEpoch,
  wrapEpochKey,
  type KeyId,
  type SequenceId,
  type SigningKey,
} from '../../sealing/index.ts';
import type { Owner, PreviousKey, Wrap } from '../bundle.ts';
import type { Head } from '../heads.ts';
import type { LinkBody, StatedEpoch } from '../link.ts';
import { activeDevices, type Profile } from '../profile.ts';
import { hasRoles } from '../roles.ts';
import { newLink, type KeysOfSequences, type NewLink } from './new-link.ts';

/** A link that begins epochs, and their keys. */
export interface NewEpochs extends NewLink {
  readonly epochKeys: KeysOfSequences;
}

interface Beginning {
  readonly profile: Profile;
  /** Of every sequence that begins an epoch. */
  readonly heads: ReadonlyMap<SequenceId, Head>;
  /** Of the present epochs of those sequences, so that what was before can be read with the new ones. */
  readonly epochKeys: KeysOfSequences;
  /** The X-Wing keys of every device and of recovery. */
  readonly kemKeys: ReadonlyMap<Owner, Uint8Array>;
  readonly nowSeconds: number;
}

/** Removes a device, and begins an epoch of every catalog without it. `signer`: root where the device is an admin. */
export function makeRemoveDevice(
  of: Beginning & { readonly signer: SigningKey; readonly device: KeyId },
): Promise<NewEpochs> {
  return begin(of, of.signer, [...of.profile.sequences.keys()], of.device);
}

/** Begins an epoch of some catalogs. */
export function makeRotate(
  of: Beginning & { readonly admin: SigningKey; readonly sequences: readonly SequenceId[] },
): Promise<NewEpochs> {
  return begin(of, of.admin, of.sequences, null);
}

async function begin(
  of: Beginning,
  signer: SigningKey,
  sequences: readonly SequenceId[],
  without: KeyId | null,
): Promise<NewEpochs> {
  const { profile, kemKeys } = of;
  const { account, head } = profile;
  const epochKeys = new Map(sequences.map((sequence) => [sequence, newEpochKey()]));
  const epochs: StatedEpoch[] = [];
  const wraps: Wrap[] = [];
  const previous: PreviousKey[] = [];
  for (const [sequence, key] of epochKeys) {
    const state = profile.sequences.get(sequence);
    const before = state?.epochs.at(-1)?.epoch;
    const oldKey = of.epochKeys.get(sequence);
    if (state === undefined || before === undefined || oldKey === undefined) throw new Error('An epoch key is missing');
    const epoch = before + 1;
    const place = { account, sequence, epoch };
    epochs.push({ sequence, epoch, keyCheck: keyCheck(key, place) });
    const sealed = await sealPreviousEpoch(key, oldKey, { ...place, previousEpoch: before });
    previous.push({ sequence, epoch, previousEpoch: before, sealed });
    const readers = activeDevices(profile).filter(({ id, roles }) => id !== without && hasRoles(roles, state.roles));
    for (const owner of [profile.recoveryKem, ...readers.map(({ id }) => id)]) {
      const kem = kemKeys.get(owner);
      if (kem === undefined) throw new Error('The key of a device is missing');
      const wrap = await wrapEpochKey(kem, key, { ...place, owner, previousLink: head.hash });
      wraps.push({ sequence, epoch, owner, wrap });
    }
  }
  const heads = sequences.map((sequence) => {
    const at = of.heads.get(sequence);
    if (at === undefined) throw new Error('The head of a sequence is missing');
    return { sequence, head: at };
  });
  const body: LinkBody =
    without === null ? { kind: 'rotate', heads, epochs } : { kind: 'remove-device', device: without, heads, epochs };
  const made = await newLink(profile, signer, {
    body,
    bundle: { kemKeys: [], wraps, previous },
    nowSeconds: of.nowSeconds,
  });
  return { ...made, epochKeys };
}
