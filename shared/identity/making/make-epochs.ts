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
import type { LinkBody, StatedEpoch, StatedHead } from '../link.ts';
import { activeDevices, isSuspended, type Device, type Profile } from '../profile.ts';
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

/**
 * Removes a device, and begins an epoch of every catalog without it. `signer`: where the device is an admin, root, or
 * whoever may carry out the act that announced it.
 */
export function makeRemoveDevice(
  of: Beginning & { readonly signer: SigningKey; readonly device: KeyId; readonly act?: number },
): Promise<NewEpochs> {
  const { device, act } = of;
  const readers = activeDevices(of.profile).filter(({ id }) => id !== device);
  return begin(of, of.signer, { sequences: [...of.profile.sequences.keys()], readers }, (heads, epochs) => {
    const body: LinkBody = { kind: 'remove-device', device, heads, epochs };
    return act === undefined ? body : { ...body, act };
  });
}

/** Suspends a device, or resumes it where it is suspended, and begins an epoch of every catalog. */
export function makeChangeRole(
  of: Beginning & { readonly signer: SigningKey; readonly device: Device },
): Promise<NewEpochs> {
  const { device } = of;
  const isBack = isSuspended(device);
  const others = activeDevices(of.profile).filter(({ id }) => id !== device.id);
  const readers = isBack ? [...others, device] : others;
  return begin(of, of.signer, { sequences: [...of.profile.sequences.keys()], readers }, (heads, epochs) => {
    return { kind: 'change-role', device: device.id, roles: isBack ? device.roles : 0, heads, epochs };
  });
}

/** Begins an epoch of some catalogs. */
export function makeRotate(
  of: Beginning & { readonly admin: SigningKey; readonly sequences: readonly SequenceId[] },
): Promise<NewEpochs> {
  const { sequences } = of;
  return begin(of, of.admin, { sequences, readers: activeDevices(of.profile) }, (heads, epochs) => {
    return { kind: 'rotate', heads, epochs };
  });
}

async function begin(
  of: Beginning,
  signer: SigningKey,
  { sequences, readers: devices }: { readonly sequences: readonly SequenceId[]; readonly readers: readonly Device[] },
  bodyOf: (heads: readonly StatedHead[], epochs: readonly StatedEpoch[]) => LinkBody,
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
    const readers = devices.filter(({ roles }) => hasRoles(roles, state.roles));
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
  const made = await newLink(profile, signer, {
    body: bodyOf(heads, epochs),
    bundle: { kemKeys: [], wraps, previous },
    nowSeconds: of.nowSeconds,
  });
  return { ...made, epochKeys };
}
