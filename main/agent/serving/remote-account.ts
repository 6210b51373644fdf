import { Redacted, ok, type Failure, type Result } from '@endymail/shared/result';
import type { AgentClient } from '@endymail/shared/ipc';
import type { AccountAgent } from '../account/account-agent.ts';

/** Account and devices of an agent in another process. */
export function remoteAccount(calls: AgentClient): AccountAgent {
  return {
    show: () => calls.account(),
    create: (name, where = 'service') => calls.accountCreate(name, where),
    setReachable: (isReachable) => calls.accountReachable(isReachable),
    moveTo: (place) => calls.accountMoveTo(place),
    certificate: () => calls.accountCertificate(),
    trustCertificate: (shown) => calls.accountTrustCertificate(shown),
    words: () => secret(calls.accountWords()),
    confirmWords: (words) => nothing(calls.accountConfirmWords(words.reveal())),
    mark: () => calls.accountMark(),
    recoverPreview: (kit) => calls.accountRecoverPreview({ ...kit, words: kit.words.reveal() }),
    recover: (kit, { keep }) =>
      calls.accountRecover({ ...kit, words: kit.words.reveal() }, { keep: keep === 'all' ? keep : [...keep] }),
    request: (name) => calls.deviceRequest(name),
    join: (link) => calls.deviceJoin(link.reveal()),
    joining: () => calls.deviceJoining(),
    giveUp: () => nothing(calls.deviceGiveUp()),
    pending: () => calls.devicesPending(),
    approve: (id, digits, options) => calls.deviceApprove(id, digits.reveal(), { ...options }),
    reject: (id) => nothing(calls.deviceReject(id)),
    async invite() {
      const invitation = await calls.deviceInvite();
      return invitation.ok ? ok({ ...invitation.value, link: new Redacted(invitation.value.link) }) : invitation;
    },
    devices: () => calls.devices(),
    remove: (id, words) => calls.deviceRemove(id, words?.reveal() ?? null),
    announceRemoval: (id) => calls.deviceAnnounceRemoval(id),
    cancelAct: (id) => nothing(calls.actCancel(id)),
    suspend: (id, words) => calls.deviceSuspend(id, words?.reveal() ?? null),
    resume: (id, words) => calls.deviceResume(id, words?.reveal() ?? null),
    taskDone: (id) => nothing(calls.taskDone(id)),
    leave: () => nothing(calls.accountLeave()),
    rotate: () => calls.accountRotate(),
    sync: () => calls.sync(),
    syncAnyway: () => calls.syncAnyway(),
    // The process that serves does this by itself.
    goOn: () => Promise.resolve(),
    waitsFor: () => 'nothing',
    follow: () => null,
  };
}

async function secret(asked: Promise<Result<string, Failure>>): Promise<Result<Redacted<string>, Failure>> {
  const answer = await asked;
  return answer.ok ? ok(new Redacted(answer.value)) : answer;
}

async function nothing(asked: Promise<Result<undefined, Failure>>): Promise<Result<void, Failure>> {
  const done = await asked;
  return done.ok ? ok() : done;
}
