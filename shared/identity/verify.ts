import { err, ok, type Result } from '../result/index.ts';
import {
  accountIdOf,
  isGoodPublicKey,
  keyIdOf,
  openSelfSigned,
  openStatement,
  toHex,
  type AccountId,
  type KeyId,
  type SealingFault,
  type SequenceId,
} from '../sealing/public.ts';
import { actsWithout, mayComplete, withAnnounced, withCancelled } from './acts.ts';
import { isOfAll, withEpochs } from './begun-epochs.ts';
import { catalogOf, CATALOGS } from './catalogs.ts';
import { firstChainHead, nextHead } from './heads.ts';
import { CHAIN_LIMITS } from './limits.ts';
import { decodeLink, linkContext, type Link, type LinkBody, type StatedDevice } from './link.ts';
import { activeDevice, isAdmin, passedThrough, type Device, type Profile, type Sequence } from './profile.ts';
import { withReplacedKeys } from './replaced-keys.ts';
import { isReset } from './reset.ts';
import { openReverse } from './reverse.ts';
import { withSuspended } from './suspended.ts';
import { ROLES, areRoles, hasRoles } from './roles.ts';

/** Why a link does not belong into a chain. The profile is what it was before. */
export type ChainFault =
  /** It is no link, or its lists are not in order. */
  | 'malformed'
  /** A version or kind that this Endymail does not know. */
  | 'newer'
  /** It is the beginning of another account. */
  | 'other-account'
  /** It does not follow the head. */
  | 'does-not-follow'
  /** Nobody who may signed it. */
  | 'not-allowed'
  | 'bad-signature'
  /** A device that does not accept its roles by its own signature, or was shown another chain. */
  | 'bad-reverse'
  /** Roles that this Endymail does not know, or the admin's by invitation. */
  | 'bad-roles'
  /** A device, an invitation or a request that was in the account before. */
  | 'used-before'
  | 'unknown-device'
  /** An act that was not announced, or does not wait any more. */
  | 'unknown-act'
  /** Heads or epochs that are not those of exactly the sequences they must be of, or go back. */
  | 'bad-sequences'
  /** The account was closed. */
  | 'closed'
  /** More than a chain may hold. */
  | 'too-long';

type Step<T = Profile> = Result<T, ChainFault>;

/** Verifies a whole chain from its first link on. `account`: whose it must be. Errors: of the first link that is wrong. */
export async function verifyChain(account: AccountId, links: readonly Uint8Array[]): Promise<Step> {
  const [first, ...rest] = links;
  if (first === undefined) return err('malformed');
  if (links.length > CHAIN_LIMITS.links) return err('too-long');
  let profile = await beginProfile(first);
  if (profile.ok && profile.value.account !== account) return err('other-account');
  for (const link of rest) {
    if (!profile.ok) return profile;
    profile = await extendProfile(profile.value, link);
  }
  return profile;
}

/** The profile of an account that this link begins. Errors: as `verifyChain`. */
export async function beginProfile(bytes: Uint8Array): Promise<Step> {
  if (bytes.length > CHAIN_LIMITS.linkMaxBytes) return err('too-long');
  const claimed = { isNewer: false };
  const opened = await openSelfSigned(bytes, {
    type: 'link',
    keyIn: (payload) => {
      const unverified = decodeLink(payload);
      claimed.isNewer = !unverified.ok && unverified.error === 'newer';
      return unverified.ok && unverified.value.body.kind === 'create' ? unverified.value.body.root : null;
    },
    contextOf: (root) => linkContext(accountIdOf(root)),
  });
  if (claimed.isNewer) return err('newer');
  const link = opened.ok ? decodeLink(opened.value.payload) : err(chainFault(opened.error));
  if (!link.ok) return link;
  const { body } = link.value;
  if (body.kind !== 'create') return err('malformed');
  const account = accountIdOf(body.root);
  const head = firstChainHead(account);
  const isFirst = link.value.index === 0 && link.value.previous === head.hash && link.value.bundle !== null;
  if (!isFirst) return err('does-not-follow');
  const sequences = firstSequences(body, link.value.time);
  if (sequences === null) return err('bad-sequences');
  if (!hasRoles(body.device.roles, ROLES.admin)) return err('bad-roles');
  const empty: Profile = {
    account,
    head,
    bytes: 0,
    created: link.value.time,
    newestTime: 0,
    root: body.root,
    recoveryKem: body.recoveryKem,
    devices: new Map(),
    sequences,
    passed: [head.hash],
    invitations: new Set(),
    requests: new Set(),
    acts: new Map(),
    isClosed: false,
  };
  const first = await withDevice(empty, body.device, { link: link.value, signer: keyIdOf(body.root) });
  return first.ok ? ok(moved(first.value, link.value, bytes)) : first;
}

/** The profile with one link more. */
export async function extendProfile(profile: Profile, bytes: Uint8Array): Promise<Step> {
  if (profile.isClosed) return err('closed');
  const isTooLong =
    profile.head.count >= CHAIN_LIMITS.links ||
    bytes.length > CHAIN_LIMITS.linkMaxBytes ||
    profile.bytes + bytes.length > CHAIN_LIMITS.bytes;
  if (isTooLong) return err('too-long');
  // Every active device's: a kind of link that is not known yet may be one that they sign.
  const keyOf = (id: KeyId): Uint8Array | null => rootKey(profile, id) ?? activeDevice(profile, id)?.publicKey ?? null;
  const opened = await openLink(profile.account, bytes, keyOf);
  if (!opened.ok) return opened;
  const { link, signer } = opened.value;
  const mayBeAnyDevices = link.body.kind === 'replace-keys';
  if (!mayBeAnyDevices && rootKey(profile, signer) === null && !isAdmin(profile, signer)) return err('not-allowed');
  if (link.index !== profile.head.count || link.previous !== profile.head.hash) return err('does-not-follow');
  const next = await applied(profile, link, signer);
  return next.ok ? ok(moved(next.value, link, bytes)) : next;
}

/** The link in these bytes where it is one of this profile's chain; null: it is not. */
export async function linkIn(profile: Profile, bytes: Uint8Array): Promise<Link | null> {
  const keyOf = (id: KeyId): Uint8Array | null => rootKey(profile, id) ?? profile.devices.get(id)?.publicKey ?? null;
  const opened = await openLink(profile.account, bytes, keyOf);
  if (!opened.ok) return null;
  const { link } = opened.value;
  const after = nextHead({ count: link.index, hash: link.previous }, bytes);
  return passedThrough(profile, after) ? link : null;
}

const rootKey = (profile: Profile, id: KeyId): Uint8Array | null =>
  id === keyIdOf(profile.root) ? profile.root : null;

async function openLink(
  account: AccountId,
  bytes: Uint8Array,
  keyOf: (id: KeyId) => Uint8Array | null,
): Promise<Step<{ readonly link: Link; readonly signer: KeyId }>> {
  const opened = await openStatement(bytes, { type: 'link', context: linkContext(account), keyOf });
  if (!opened.ok) return err(chainFault(opened.error));
  const link = decodeLink(opened.value.payload);
  return link.ok ? ok({ link: link.value, signer: opened.value.signer }) : link;
}

function chainFault(fault: SealingFault): ChainFault {
  switch (fault) {
    case 'newer':
      return 'newer';
    case 'unknown-signer':
      return 'not-allowed';
    case 'bad-signature':
    case 'weak-key':
      return 'bad-signature';
    case 'malformed':
    case 'wrong-type':
    case 'does-not-open':
      return 'malformed';
  }
}

function firstSequences(
  body: Extract<LinkBody, { kind: 'create' }>,
  time: number,
): ReadonlyMap<SequenceId, Sequence> | null {
  const numbers = body.sequences.map(({ catalog }) => catalog);
  const isInOrder = numbers.every((number, index) => index === 0 || (numbers[index - 1] ?? 0) < number);
  if (!isInOrder || body.epochs.length !== body.sequences.length) return null;
  const sequences = new Map<SequenceId, Sequence>();
  for (const { catalog: number, sequence: id, roles } of body.sequences) {
    const catalog = catalogOf(number);
    const epoch = body.epochs.find(({ sequence }) => sequence === id);
    if (catalog === null || epoch?.epoch !== 1) return null;
    // The rights are those of the table: a chain that says otherwise was not made by Endymail.
    if (CATALOGS.find(({ name }) => name === catalog)?.roles !== roles) return null;
    sequences.set(id, {
      id,
      catalog,
      roles,
      epochs: [{ epoch: 1, keyCheck: epoch.keyCheck, link: 0, time, from: null }],
    });
  }
  return sequences.size === CATALOGS.length ? sequences : null;
}

function moved(profile: Profile, { time }: Link, link: Uint8Array): Profile {
  const head = nextHead(profile.head, link);
  const newestTime = Math.max(profile.newestTime, time);
  return { ...profile, head, newestTime, bytes: profile.bytes + link.length, passed: [...profile.passed, head.hash] };
}

async function applied(profile: Profile, link: Link, signer: KeyId): Promise<Step> {
  const isRoot = rootKey(profile, signer) !== null;
  const { body } = link;
  switch (body.kind) {
    case 'create':
      return err('does-not-follow');
    case 'add-device': {
      if (isRoot && !isReset(body)) return err('not-allowed');
      if (link.bundle === null) return err('malformed');
      if (body.request !== null && profile.requests.has(body.request)) return err('used-before');
      const next = await withDevice(profile, body.device, { link, signer });
      if (!next.ok || body.request === null) return next;
      return ok({ ...next.value, requests: new Set([...profile.requests, body.request]) });
    }
    case 'remove-device': {
      const device = profile.devices.get(body.device);
      if (device?.removed !== null) return err('unknown-device');
      // One admin device alone can not shut out the others: it might be stolen.
      const isGreat = hasRoles(device.roles, ROLES.admin);
      const { act } = body;
      const hasWaited =
        act !== undefined && mayComplete(profile, { act, device: device.id, signer, seconds: link.time });
      if (act === undefined ? isGreat && !isRoot : isRoot || !hasWaited) return err('not-allowed');
      if (link.bundle === null) return err('malformed');
      if (!isOfAll(profile, body.heads)) return err('bad-sequences');
      const heads = new Map(body.heads.map(({ sequence, head }) => [sequence, head]));
      const sequences = withEpochs(profile, link, heads, body.epochs);
      if (sequences === null || !isOfAll(profile, body.epochs)) return err('bad-sequences');
      const removed: Device = { ...device, removed: { at: link.index, heads } };
      const acts = actsWithout(profile, device.id, 'removed');
      return ok({ ...profile, sequences, acts, devices: new Map([...profile.devices, [device.id, removed]]) });
    }
    case 'change-role':
      return withSuspended(profile, link, { ...body, signer: isRoot ? null : signer });
    case 'announce':
      return isRoot ? err('not-allowed') : withAnnounced(profile, link, { ...body, signer });
    case 'cancel':
      return withCancelled(profile, link, { ...body, signer: isRoot ? null : signer });
    case 'replace-keys':
      return withReplacedKeys(profile, link, { ...body, signer });
    case 'rotate': {
      if (isRoot) return err('not-allowed');
      if (link.bundle === null) return err('malformed');
      const heads = new Map(body.heads.map(({ sequence, head }) => [sequence, head]));
      const sequences = withEpochs(profile, link, heads, body.epochs);
      if (sequences === null || heads.size !== body.epochs.length) return err('bad-sequences');
      return ok({ ...profile, sequences });
    }
    case 'close':
      if (!isRoot) return err('not-allowed');
      return link.bundle === null ? ok({ ...profile, isClosed: true }) : err('malformed');
  }
}

async function withDevice(
  profile: Profile,
  stated: StatedDevice,
  { link, signer }: { readonly link: Link; readonly signer: KeyId },
): Promise<Step> {
  const { publicKey, kem, roles, reverse, invitation } = stated;
  if (!areRoles(roles) || (invitation !== null && hasRoles(roles, ROLES.admin))) return err('bad-roles');
  if (!isGoodPublicKey(publicKey)) return err('bad-signature');
  const id = keyIdOf(publicKey);
  const used = invitation === null ? null : toHex(invitation);
  const isUsed =
    profile.devices.has(id) || id === keyIdOf(profile.root) || (used !== null && profile.invitations.has(used));
  if (isUsed) return err('used-before');
  const accepted = await openReverse(reverse, { account: profile.account, publicKey });
  if (accepted?.roles !== roles || !passedThrough(profile, accepted.head)) return err('bad-reverse');
  const { index: addedAt, time } = link;
  const device: Device = {
    id,
    publicKey,
    kem,
    kemTime: time,
    roles,
    addedAt,
    addedTime: time,
    invitedBy: invitation === null ? null : signer,
    pauses: [],
    removed: null,
  };
  return ok({
    ...profile,
    devices: new Map([...profile.devices, [id, device]]),
    invitations: used === null ? profile.invitations : new Set([...profile.invitations, used]),
  });
}
