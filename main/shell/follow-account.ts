import type { AppChange, AppView } from '@endymail/shared/ipc';
import type { AskAgent } from './agent-link.ts';
import { inRounds } from './rounds.ts';
import { withNewDevice } from './views/account.ts';

export interface FollowAccountParts {
  readonly ask: AskAgent;
  readonly view: () => AppView;
  readonly show: (change: AppChange) => void;
  /** Runs something again and again, at this distance. */
  readonly every: (ms: number, task: () => void) => void;
}

/** Keeps account, devices and joining as the agent says they are. */
export interface AccountFollower {
  /** What is known on this computer; what has to be asked of the service follows by itself. */
  readonly refresh: () => Promise<void>;
}

/**
 * How often it is looked for devices that ask to join, whatever became of the service's word for it: a push may be lost,
 * and a person who stands before both devices waits for this.
 */
const LOOK_EVERY_MS = 15_000;

export function followAccount({ ask, view, show, every }: FollowAccountParts): AccountFollower {
  async function askKnown(): Promise<void> {
    const account = await ask((agent) => agent.account.show());
    if (!account.ok) return;
    show({ account: account.value });
    // Asked next: where nothing of the account is kept here, they come from the service, and that may take its time.
    const devices = account.value === null ? null : await ask((agent) => agent.account.devices());
    const before = view();
    // While they can not be had, those before stand; of another account they are none.
    const known = devices?.ok ? devices.value : account.value === null ? [] : before.devices;
    show({ devices: known, ...withNewDevice(before, known) });
  }

  /** What only the service can say. Where it can not be reached, what was there before stands. */
  async function look(): Promise<void> {
    const { account, joining } = view();
    if (account?.standing === 'member' && account.device.mayApprove) {
      const pending = await ask((agent) => agent.account.pending());
      if (pending.ok) {
        const devices = pending.value.toSorted((one, other) => one.askedAt.localeCompare(other.askedAt));
        show({ pending: { ...view().pending, devices } });
      }
    } else if (view().pending.devices.length > 0) {
      show({ pending: { ...view().pending, devices: [] } });
    }
    // A member is always told that it has joined: here it is news only to one who was just waiting for it.
    if (account !== null && (joining === null || joining.kind === 'joined' || joining.kind === 'ended')) return;
    const stands = await ask((agent) => agent.account.joining());
    if (stands.ok) show({ joining: stands.value, joiningProblem: null });
    else if (stands.error.code === 'join-none') show({ joining: null, joiningProblem: null });
    else show({ joiningProblem: stands.error });
  }

  const known = inRounds(askKnown);
  const looked = inRounds(look);

  async function refresh(): Promise<void> {
    await known();
    void looked();
  }

  every(LOOK_EVERY_MS, () => {
    const { agent, account, joining } = view();
    if (agent.state === 'ready' && (account !== null || joining !== null)) void looked();
  });
  return { refresh };
}
