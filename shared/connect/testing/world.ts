import {
  makeAddDevice,
  makeClose,
  makeRemoveDevice,
  makeReverse,
  ORDINARY_ROLES,
  ROLES,
  type Owner,
  type Profile,
} from '../../identity/index.ts';
import { emptyHeads, newAccount } from '../../identity/testing/account.ts';
import { Redacted, type Result } from '../../result/index.ts';
import {
  generateKemKey,
  generateSigningKey,
  type AccountId,
  type KeyId,
  type SequenceId,
  type SigningKey,
} from '../../sealing/index.ts';
import { deviceToAdd, noApprovals, type Approvals, type Approved } from '../approvals.ts';
import { offer, onConfirm, type ApprovalStep } from '../approving.ts';
import type { InvitationLink } from '../invitation.ts';
import type { Confirmed, Requested } from '../join-state.ts';
import { beginJoin, onOffer } from '../joining.ts';
import { readRequest, type PendingRequest } from '../request.ts';

export const NOON_SECONDS = 1_800_000_000;
export const SERVICE_ID = new Uint8Array(16).fill(7);
export const THIS_LAPTOP = Object.freeze({ name: 'Laptop of Alice', platform: 'linux' });

/** An account with one admin device, and what that device has answered. */
export interface World {
  readonly account: AccountId;
  readonly profile: Profile;
  readonly admin: SigningKey;
  readonly approvals: Approvals;
  readonly root: SigningKey;
  readonly epochKeys: ReadonlyMap<SequenceId, Redacted<Uint8Array>>;
  readonly kemKeys: ReadonlyMap<Owner, Uint8Array>;
}

export function must<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`Expected a success, got ${JSON.stringify(result.error)}`);
  return result.value;
}

/** Narrows a state to the kind that a test goes on with. */
export function as<S extends { readonly kind: string }, K extends S['kind']>(
  state: S,
  kind: K,
): Extract<S, { readonly kind: K }> {
  const isKind = (one: S): one is Extract<S, { readonly kind: K }> => one.kind === kind;
  if (!isKind(state)) throw new Error(`Expected ${kind}, got ${JSON.stringify(state)}`);
  return state;
}

export async function newWorld(): Promise<World> {
  const { profile, epochKeys, first, root, kemKeys } = await newAccount();
  const { account } = profile;
  return { account, profile, admin: first.signing, root, approvals: noApprovals(account), epochKeys, kemKeys };
}

/** A device that joined before, with these roles: the world as its chain is with it, and its key. */
export async function withDevice(world: World, roles: number): Promise<{ world: World; device: SigningKey }> {
  const { account, profile, admin, epochKeys } = world;
  const device = await generateSigningKey();
  const added = await makeAddDevice({
    profile,
    admin,
    device: {
      publicKey: device.publicKey,
      kemKey: (await generateKemKey()).publicKey,
      roles,
      reverse: await makeReverse(device, { account, roles, head: profile.head }),
      invitation: null,
    },
    request: null,
    epochKeys,
    nowSeconds: NOON_SECONDS,
  });
  return { world: { ...world, profile: added.profile }, device };
}

export const asks = async (world: World, invitation: InvitationLink | null = null): Promise<Requested> =>
  must(
    await beginJoin({
      account: world.account,
      serviceId: SERVICE_ID,
      profile: world.profile,
      description: THIS_LAPTOP,
      invitation,
      certificate: null,
      nowSeconds: NOON_SECONDS,
    }),
  );

export const received = async (world: World, message: Uint8Array): Promise<PendingRequest> =>
  must(await readRequest({ account: world.account, serviceId: SERVICE_ID, message }));

/** The six digits as the person reads them from the new device's screen. */
export function shown(state: Requested): Redacted<string> {
  if (state.digits === null) throw new Error('It shows no digits');
  return state.digits;
}

/** Digits that the new device does not show. */
export const otherThan = (digits: Redacted<string>): Redacted<string> =>
  new Redacted(digits.reveal() === '000000' ? '000001' : '000000');

/** The admin's person types these digits for this request. */
export const types = async (
  world: World,
  request: PendingRequest,
  digits: Redacted<string>,
  roles = ORDINARY_ROLES,
  nowSeconds = NOON_SECONDS,
) =>
  offer(world.approvals, {
    request,
    proof: { kind: 'digits', digits, roles },
    profile: world.profile,
    admin: world.admin,
    certificate: null,
    nowSeconds,
  });

export const confirms = async (world: World, requestId: PendingRequest['id'], confirm: Uint8Array) =>
  onConfirm(world.approvals, { requestId, profile: world.profile, confirm, admin: world.admin });

/** The link that adds the approved device, with these roles in place of those agreed on. */
export async function adds(world: World, approved: Approved, roles = approved.roles): Promise<World> {
  const added = await makeAddDevice({
    profile: world.profile,
    admin: world.admin,
    device: { ...deviceToAdd(approved), roles },
    request: approved.requestId,
    epochKeys: world.epochKeys,
    nowSeconds: NOON_SECONDS,
  });
  return { ...world, profile: added.profile };
}

/** The chain with this device, the last one that came, removed again. */
export async function without(world: World, device: KeyId): Promise<Profile> {
  const { profile, root, epochKeys, kemKeys } = world;
  const heads = emptyHeads(profile);
  const of = { profile, signer: root, device, heads, epochKeys, kemKeys, nowSeconds: NOON_SECONDS };
  return (await makeRemoveDevice(of)).profile;
}

/** The chain of the account, closed. */
export const closed = async ({ profile, root }: World): Promise<Profile> =>
  (await makeClose({ profile, root, nowSeconds: NOON_SECONDS })).profile;

export const after = (world: World, { approvals }: ApprovalStep): World => ({ ...world, approvals });

export const ADMIN_ROLES = ROLES.admin | ORDINARY_ROLES;

/** An exchange up to where the admin device may add the new one. */
export async function approvedWorld(
  world: World,
  roles = ORDINARY_ROLES,
): Promise<{ world: World; asked: Requested; confirmed: Confirmed; approved: Approved }> {
  const asked = await asks(world);
  const offered = must(await types(world, await received(world, asked.message), shown(asked), roles));
  const offering = after(world, offered);
  const { message } = as(offered.approval, 'offered');
  const { state } = await onOffer(asked, world.profile, message, NOON_SECONDS);
  const confirmed = as(state, 'confirmed');
  const step = must(await confirms(offering, asked.requestId, confirmed.message));
  return { world: after(offering, step), asked, confirmed, approved: as(step.approval, 'approved') };
}
