import { ok, type Failure, type Result } from '@endymail/shared/result';
import type { ACCOUNT_CALLS, Handlers } from '@endymail/shared/ipc';
import type { AccountAgent } from '../account/account-agent.ts';

/** Asks the agent's account where the home is open. */
type WithAccount = <T>(ask: (account: AccountAgent) => Promise<Result<T, Failure>>) => Promise<Result<T, Failure>>;

/** What each call about account and devices is answered with. `work`: for the calls that may make new data. */
export function accountAnswers<Context>(
  withAccount: WithAccount,
  work: WithAccount,
): Handlers<typeof ACCOUNT_CALLS, Context> {
  return {
    account: () => withAccount((account) => account.show()),
    accountCreate: ([name, where]) => work((account) => account.create(name, where)),
    accountReachable: ([isReachable]) => withAccount((account) => account.setReachable(isReachable)),
    accountMoveTo: ([place]) => withAccount((account) => account.moveTo(place)),
    accountCertificate: () => withAccount((account) => account.certificate()),
    accountTrustCertificate: ([shown]) => withAccount((account) => account.trustCertificate(shown)),
    accountWords: () =>
      withAccount(async (account) => {
        const words = await account.words();
        return words.ok ? ok(words.value.reveal()) : words;
      }),
    accountConfirmWords: ([words]) => nothing(withAccount((account) => account.confirmWords(words))),
    accountMark: () => withAccount((account) => account.mark()),
    accountRecoverPreview: ([kit]) => withAccount((account) => account.recoverPreview(kit)),
    accountRecover: ([kit, options]) => work((account) => account.recover(kit, options)),
    deviceRequest: ([name]) => work((account) => account.request(name)),
    deviceJoin: ([link]) => work((account) => account.join(link)),
    deviceJoining: () => withAccount((account) => account.joining()),
    deviceGiveUp: () => nothing(withAccount((account) => account.giveUp())),
    devicesPending: () => withAccount((account) => account.pending()),
    deviceApprove: ([id, digits, options]) => withAccount((account) => account.approve(id, digits, options)),
    deviceReject: ([id]) => nothing(withAccount((account) => account.reject(id))),
    deviceInvite: () =>
      withAccount(async (account) => {
        const invitation = await account.invite();
        return invitation.ok ? ok({ ...invitation.value, link: invitation.value.link.reveal() }) : invitation;
      }),
    devices: () => withAccount((account) => account.devices()),
    deviceRemove: ([id, words]) => withAccount((account) => account.remove(id, words)),
    deviceAnnounceRemoval: ([id]) => withAccount((account) => account.announceRemoval(id)),
    actCancel: ([id]) => nothing(withAccount((account) => account.cancelAct(id))),
    deviceSuspend: ([id, words]) => withAccount((account) => account.suspend(id, words)),
    deviceResume: ([id, words]) => withAccount((account) => account.resume(id, words)),
    taskDone: ([id]) => nothing(withAccount((account) => account.taskDone(id))),
    accountLeave: () => nothing(withAccount((account) => account.leave())),
    accountRotate: () => withAccount((account) => account.rotate()),
    sync: () => withAccount((account) => account.sync()),
    syncAnyway: () => withAccount((account) => account.syncAnyway()),
  };
}

/** `void` of the agent is `undefined` of the contract. */
async function nothing(asked: Promise<Result<void, Failure>>): Promise<Result<undefined, Failure>> {
  const done = await asked;
  return done.ok ? ok(undefined) : done;
}
