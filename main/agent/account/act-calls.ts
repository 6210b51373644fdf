import type { DeviceView } from '@endymail/shared/account';
import { err, failure, ok, type Failure, type Redacted, type Result } from '@endymail/shared/result';
import type { AccountAgent } from './account-agent.ts';
import { accountOf } from './account-of.ts';
import type { AccountParts } from './account-parts.ts';
import { actViews, announceRemoval, cancelAct, dueHere } from './acts.ts';
import type { ReadMember } from './approve.ts';
import { LINK_TRIES_MAX } from './link-out.ts';
import { suspendDevice } from './suspend-device.ts';

type ActCalls = Pick<AccountAgent, 'announceRemoval' | 'cancelAct' | 'suspend' | 'resume' | 'taskDone' | 'leave'>;

/** What of an account's agent the calls about great acts, suspended devices and what is left to do stand on. */
export interface ActGround {
  readonly isMember: () => Result<void, Failure>;
  readonly isAdmin: () => Result<void, Failure>;
  readonly share: () => Promise<Result<ReadMember, Failure>>;
  /** What was read is no longer what the record says. */
  readonly forget: () => void;
  readonly viewsOf: (member: ReadMember) => readonly DeviceView[];
}

export function actCalls(parts: AccountParts, ground: ActGround): ActCalls {
  const { isMember, isAdmin, share } = ground;

  /** Does what needs a link behind the newest head, and shares what came of it. */
  async function linked(
    sign: (member: ReadMember) => Promise<Result<'posted' | 'moved', Failure>>,
  ): Promise<Result<ReadMember, Failure>> {
    const allowed = isAdmin();
    if (!allowed.ok) return allowed;
    for (let attempt = 0; attempt < LINK_TRIES_MAX; attempt += 1) {
      const shared = await share();
      if (!shared.ok) return shared;
      const signed = await sign(shared.value);
      if (!signed.ok) return signed;
      if (signed.value === 'posted') return share();
    }
    return err(failure('mesh-busy'));
  }

  async function changed(
    id: string,
    to: 'suspended' | 'active',
    words: Redacted<string> | null,
  ): Promise<Result<DeviceView, Failure>> {
    const after = await linked((member) => suspendDevice(parts, member, { id, to, words }));
    if (!after.ok) return after;
    const device = ground.viewsOf(after.value).find((one) => one.id === id);
    return device === undefined ? err(failure('device-unknown')) : ok(device);
  }

  return {
    async announceRemoval(id) {
      const after = await linked((member) => announceRemoval(parts, member, id));
      if (!after.ok) return after;
      const { chain, keys } = after.value;
      const names = new Map(ground.viewsOf(after.value).map((device) => [device.id, device.name]));
      const acts = actViews(chain.profile, keys.signing.id, (of) => names.get(of) ?? '');
      const act = acts.find(({ deviceId, byId }) => deviceId === id && byId === keys.signing.id);
      return act === undefined ? err(failure('act-unknown')) : ok(act);
    },

    async cancelAct(id) {
      const after = await linked((member) => cancelAct(parts, member, id));
      return after.ok ? ok() : after;
    },

    suspend: (id, words) => changed(id, 'suspended', words),
    resume: (id, words) => changed(id, 'active', words),

    async taskDone(id) {
      const known = isMember();
      if (!known.ok) return known;
      const account = accountOf(parts);
      const tasks = account.tasks.filter((task) => task.id !== id);
      return parts.update({ ...parts.state(), account: { ...account, tasks } });
    },

    async leave() {
      const known = isMember();
      if (!known.ok) return known;
      if (accountOf(parts).standing === 'member') return err(failure('account-member'));
      const left = await parts.update({ ...parts.state(), account: null });
      if (left.ok) ground.forget();
      return left;
    },
  };
}

/** Carries out what this device announced and what has waited. Errors: as `AccountAgent.remove`. */
export async function carryOutDue(
  parts: AccountParts,
  { chain, keys }: ReadMember,
  remove: (id: string) => Promise<Result<unknown, Failure>>,
): Promise<Result<void, Failure>> {
  for (const id of dueHere(parts, chain.profile, keys.signing.id)) {
    const removed = await remove(id);
    if (!removed.ok) return removed;
  }
  return ok();
}
