import { failure, type FailureCode } from '@endymail/shared/result';
import type { DeviceView } from '@endymail/shared/account';
import type { AppChange, AppView, AttentionItem } from '@endymail/shared/ipc';

/** What is shown of a computer that belongs to no account. */
export const NO_ACCOUNT = Object.freeze({
  account: null,
  devices: [],
  pending: { devices: [], answered: null },
  joining: null,
  joiningProblem: null,
  invitation: null,
  invitedTo: null,
}) satisfies AppChange;

const WRITE_WORDS: readonly AttentionItem[] = Object.freeze([{ kind: 'write-words' }]);

/** What keeps this computer from sharing until a person does something; the rest goes away by itself. */
const SHARING_NEEDS_PERSON: readonly FailureCode[] = [
  'account-newer',
  'account-suspended',
  'account-unconfirmed',
  'act-early',
  'mesh-certificate',
  'mesh-clock',
  'mesh-full',
  'mesh-lied',
  'mesh-malformed',
  'mesh-refused',
  'mesh-version',
  'service-certificate-changed',
];

/**
 * What needs the person about account and devices. `first` comes before what mailboxes need: a device that asks, and what
 * may be somebody else's doing. `last` has time.
 */
export function accountAttention({ account, pending }: Pick<AppView, 'account' | 'pending'>): {
  readonly first: readonly AttentionItem[];
  readonly last: readonly AttentionItem[];
} {
  const { devices, answered } = pending;
  const asking = devices.filter(({ id }) => answered?.kind !== 'approving' || answered.id !== id);
  return {
    first: [
      ...asking.map(({ id }): AttentionItem => ({ kind: 'join-request', id })),
      ...(account?.acts ?? []).map(({ id, deviceName, holdsFrom, mayCancel }): AttentionItem => ({
        kind: 'act-waits',
        id,
        deviceName,
        holdsFrom,
        mayCancel,
      })),
      ...accountInNeed(account),
    ],
    last: [
      ...(account?.tasks ?? []).map(({ id, says }): AttentionItem => ({ kind: 'task', id, says })),
      ...(account?.standing === 'member' && account.words === 'to-be-written-down' ? WRITE_WORDS : []),
    ],
  };
}

function accountInNeed(account: AppView['account']): AttentionItem[] {
  if (account === null) return [];
  switch (account.standing) {
    case 'removed':
      return [{ kind: 'account', failure: failure('account-removed') }];
    case 'copied':
      return [{ kind: 'account', failure: failure('account-copied') }];
    case 'member': {
      const { problem } = account.sync;
      return problem !== null && SHARING_NEEDS_PERSON.includes(problem.code)
        ? [{ kind: 'account', failure: problem }]
        : [];
    }
  }
}

/**
 * What a device that is new among these settles: the approval that was not answered yet, or the invitation. Which of the
 * two it came by nobody says; both lead to the same picture, where it can be removed.
 */
export function withNewDevice(
  { devices, pending, invitation }: Pick<AppView, 'devices' | 'pending' | 'invitation'>,
  now: readonly DeviceView[],
): AppChange {
  const known = new Set(devices.map(({ id }) => id));
  const device = now.find(({ id, state }) => state === 'active' && !known.has(id));
  if (device === undefined || known.size === 0) return {};
  const { answered } = pending;
  if (answered?.kind === 'unanswered') {
    return { pending: { ...pending, answered: { kind: 'approved', id: answered.id, device } } };
  }
  return invitation?.joined === null ? { invitation: { ...invitation, joined: device } } : {};
}
