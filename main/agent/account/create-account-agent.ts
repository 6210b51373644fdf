import { err, failure, ok, type Failure, type Redacted, type Result } from '@endymail/shared/result';
import type { AccountView, DeviceView, JoinView, SyncView } from '@endymail/shared/account';
import { INVITATION_LIFETIME_SECONDS, makeInvitation, withInvitation } from '@endymail/shared/connect';
import { ORDINARY_ROLES, ROLES, hasRoles, type Profile } from '@endymail/shared/identity';
import { parseRecoveryWords, recoveryWords, toHex } from '@endymail/shared/sealing';
import type { AccountAgent } from './account-agent.ts';
import { actCalls, carryOutDue } from './act-calls.ts';
import { accountOf } from './account-of.ts';
import type { AccountParts } from './account-parts.ts';
import type { JoiningRecord } from './account-record.ts';
import { accountView, deviceViews, joinView, pendingView, syncView, type SyncNotes } from './account-views.ts';
import { approvalsOf, isAwaited, rememberApprovals } from './approvals-of.ts';
import { approve, goOnApproving, pendingRequests, refuse, waitingForPerson, type ReadMember } from './approve.ts';
import { confirmedOf } from './freshness.ts';
import { beginningOf, createAccount, postAccount } from './create-account.ts';
import type { Folds } from './folds.ts';
import { secondsOf, timeOf } from './items-of-state.ts';
import {
  advanceJoin,
  giveUp,
  isAskedAgain,
  isNamed,
  joinByInvitation,
  joinStateOf,
  requestJoin,
  tellTakenBack,
} from './join.ts';
import { LINK_TRIES_MAX } from './link-out.ts';
import { createFollowing } from './following.ts';
import { foldsOf, loadMember, type Member } from './member.ts';
import { removeAndShare, type RemovalGround } from './remove-and-share.ts';
import { markOf, previewRecovery } from './recover-preview.ts';
import { recoverAndShare } from './recover-and-share.ts';
import { renewWhatIsDue, replaceKeys, rotate, type Linked } from './renew-keys.ts';
import { changesOf, syncOnce } from './sync.ts';
import { isKeptAs, nameToTell, whereKeptCalls } from './where-kept.ts';

const NO_NOTES: SyncNotes = Object.freeze({ problem: null, unsent: 0, ignored: new Map(), confirmedAt: null });

/** Puts account and devices together. See `AccountAgent` for what each method does. */
export function createAccountAgent(parts: AccountParts): AccountAgent {
  let member: Member | null = null;
  let notes = NO_NOTES;
  const following = createFollowing(parts);

  const isMember = (): Result<void, Failure> => (parts.state().account === null ? err(failure('account-none')) : ok());

  const isAdmin = (): Result<void, Failure> => {
    const known = isMember();
    if (!known.ok) return known;
    return hasRoles(accountOf(parts).device.roles, ROLES.admin) ? ok() : err(failure('account-needs-admin'));
  };

  async function loaded(): Promise<Result<Member, Failure>> {
    if (member !== null) return ok(member);
    const read = await loadMember(parts, accountOf(parts));
    if (read.ok) member = read.value;
    return read;
  }

  /** What was read of the account; where nothing is kept here, it is fetched. */
  async function wholly(): Promise<Result<ReadMember, Failure>> {
    const before = await loaded();
    if (!before.ok) return before;
    const { chain } = before.value;
    return chain === null ? share() : ok({ ...before.value, chain });
  }

  /** Shares until nothing is left to: a computer that has just joined reads first, and shares then. */
  async function share(isAnyway = false): Promise<Result<ReadMember, Failure>> {
    const known = isMember();
    if (!known.ok) return known;
    if (accountOf(parts).standing === 'recovering') return err(failure('account-recovering'));
    const begun = await postAccount(parts);
    if (!begun.ok) return begun;
    const before = await loaded();
    if (!before.ok) return before;
    const isFirst = accountOf(parts).lastSyncAt === null;
    const synced = await syncOnce(parts, before.value, { isFirst, isAnyway });
    if (!synced.ok) {
      // What was read is no longer what the record says: it is read anew.
      member = null;
      notes = { ...notes, problem: synced.error };
      return synced;
    }
    member = synced.value.member;
    const confirmedAt = confirmedOf(synced.value.member);
    notes = { problem: null, unsent: 0, ignored: synced.value.ignored, confirmedAt };
    return isFirst ? share() : ok(synced.value.member);
  }

  async function syncAll(isAnyway = false): Promise<Result<SyncView, Failure>> {
    const shared = await share(isAnyway);
    if (!shared.ok) return shared;
    if (hasRoles(accountOf(parts).device.roles, ROLES.admin)) {
      const gone = await goOnApproving(parts, shared.value);
      if (!gone.ok) return gone;
      const done = await carryOutDue(parts, shared.value, (id) => removeAndShare(parts, ground, id, null));
      if (!done.ok) return done;
    }
    const renewed = await renewAsDue(shared.value);
    if (!renewed.ok) return renewed;
    const brought = await parts.reconcile();
    return brought.ok ? ok(syncView(accountOf(parts), notes)) : brought;
  }

  /** One link after the other, until nothing is due: whoever was second looks at the chain as it is then. */
  async function renewAsDue(from: ReadMember): Promise<Result<void, Failure>> {
    let at = from;
    for (let attempt = 0; attempt < LINK_TRIES_MAX; attempt += 1) {
      const linked = await renewWhatIsDue(parts, at);
      if (!linked.ok) return linked;
      if (linked.value === 'nothing') return ok();
      const shared = await share();
      if (!shared.ok) return shared;
      at = shared.value;
    }
    return err(failure('mesh-busy'));
  }

  /** Links as a person wants it, behind whatever is there. */
  async function link(
    act: (parts: AccountParts, at: ReadMember) => Promise<Result<Linked, Failure>>,
  ): Promise<Result<void, Failure>> {
    for (let attempt = 0; attempt < LINK_TRIES_MAX; attempt += 1) {
      const shared = await share();
      if (!shared.ok) return shared;
      const linked = await act(parts, shared.value);
      if (!linked.ok) return linked;
      if (linked.value !== 'moved') return ok();
    }
    return err(failure('mesh-busy'));
  }

  const view = async (): Promise<Result<AccountView, Failure>> =>
    ok(await accountView(parts, { ...notes, unsent: await unsent() }, await known()));

  async function known(): Promise<{ readonly profile: Profile; readonly folds: Folds } | null> {
    const before = await loaded();
    const chain = before.ok ? before.value.chain : null;
    return before.ok && chain !== null ? { profile: chain.profile, folds: foldsOf(before.value.readings) } : null;
  }

  /** How much of this computer the others do not have yet, as far as that can be told without asking anybody. */
  async function unsent(): Promise<number> {
    const before = await loaded();
    if (!before.ok || before.value.chain === null) return 0;
    const changes = changesOf(parts, before.value.readings, before.value.keys.signing.id);
    return [...changes.values()].reduce((sum, list) => sum + list.length, 0);
  }

  /** The service is known by something else from here on: who is at work begins anew. */
  function keptElse(): Promise<Result<AccountView, Failure>> {
    member = null;
    following.again();
    return view();
  }

  async function joining(): Promise<Result<JoinView, Failure>> {
    const { joining: record, account } = parts.state();
    if (record === null) {
      if (account === null) return err(failure('join-none'));
      // It was through already; the first reading may have been cut short.
      const read = account.lastSyncAt === null ? await syncAll() : ok();
      if (!read.ok) return read;
      return ok({ kind: 'joined', account: await accountView(parts, notes, await known()) });
    }
    const state = await advanceJoin(parts);
    if (!state.ok) return state;
    if (state.value.kind !== 'joined') return ok(joinView(record, state.value));
    const read = await syncAll();
    return read.ok ? ok({ kind: 'joined', account: await accountView(parts, notes, await known()) }) : read;
  }

  /** What is asked for again goes on; what else is asked for takes the place of what was waited for. */
  async function ask(
    isAgain: (record: JoiningRecord) => boolean | Promise<boolean>,
    begin: () => Promise<Result<void, Failure>>,
  ): Promise<Result<JoinView, Failure>> {
    const { account, joining: record } = parts.state();
    if (account !== null) return err(failure('account-exists'));
    if (record === null || !(await isAgain(record))) {
      const begun = await begin();
      if (!begun.ok) return begun;
      if (record !== null) await tellTakenBack(parts, record);
    }
    return joining();
  }

  const viewsOf = ({ chain, readings, keys }: ReadMember): readonly DeviceView[] =>
    deviceViews({ profile: chain.profile, folds: foldsOf(readings) }, keys.signing.id, accountOf(parts).lastSeen);

  const ground: RemovalGround = { isAdmin, share, syncAll, viewsOf };

  return {
    show: async () => (parts.state().account === null ? ok(null) : view()),

    async create(name, where = 'service') {
      const { account, joining: record } = parts.state();
      if (account !== null && beginningOf(account) === null) return err(failure('account-exists'));
      // Asked for again because no answer came: it may have arrived, and its name is given away once.
      const isSame = account !== null && isKeptAs(account, name, where);
      const created = isSame ? await postAccount(parts) : await createAccount(parts, name, where);
      if (!created.ok) return created;
      if (record !== null) await tellTakenBack(parts, record);
      member = null;
      // The account is there, whether or not this goes through: how it stands is in the view.
      await syncAll();
      return view();
    },

    ...whereKeptCalls(parts, { isMember, keptElse }),

    words() {
      const known = isMember();
      if (!known.ok) return Promise.resolve(known);
      const { secret } = accountOf(parts).recovery;
      return Promise.resolve(secret === null ? err(failure('words-none')) : ok(recoveryWords(secret)));
    },

    async confirmWords(words) {
      const known = isMember();
      if (!known.ok) return known;
      const account = accountOf(parts);
      const { secret } = account.recovery;
      if (secret === null) return err(failure('words-none'));
      const typed = parseRecoveryWords(words.reveal());
      if (!typed.ok || !sameSecret(typed.value, secret)) return err(failure('words-wrong'));
      const recovery = { secret: null, confirmedAt: parts.now() };
      return parts.update({ ...parts.state(), account: { ...account, recovery } });
    },

    async mark() {
      const known = isMember();
      if (!known.ok) return known;
      const whole = await wholly();
      return whole.ok ? ok(await markOf(whole.value.chain)) : whole;
    },

    recoverPreview: (kit) => previewRecovery(parts, kit),

    recover: (kit, options) =>
      recoverAndShare(parts, ground, { ...kit, ...options }, async () => {
        member = null;
        await syncAll();
        return accountView(parts, notes, await known());
      }),

    request(name) {
      const { account } = parts.state();
      // Asked for once more by somebody who did not see that it is through.
      if (account !== null && isNamed(account.name, name)) return joining();
      return ask(
        (record) => isAskedAgain.byName(record, name),
        () => requestJoin(parts, name, null),
      );
    },

    join: (link) =>
      ask(
        (record) => isAskedAgain.byInvitation(record, link),
        () => joinByInvitation(parts, link),
      ),

    joining,

    giveUp: () => giveUp(parts),

    async pending() {
      const allowed = isAdmin();
      if (!allowed.ok) return allowed;
      const before = await loaded();
      if (!before.ok) return before;
      const pending = await pendingRequests(parts, before.value);
      return pending.ok ? ok(waitingForPerson(parts, pending.value).map(pendingView)) : pending;
    },

    async approve(id, digits, { mayApprove }) {
      const allowed = isAdmin();
      if (!allowed.ok) return allowed;
      const shared = await share();
      if (!shared.ok) return shared;
      const approved = await approve(parts, shared.value, { id, digits, mayApprove });
      if (!approved.ok) return approved;
      // What this device knows of the account has the new one in it from here on; where that fails, the next sync does it.
      const after = await share();
      if (approved.value.kind === 'answered') {
        const { device: known } = approved.value;
        const device = after.ok ? viewsOf(after.value).find((one) => one.id === known) : undefined;
        return device === undefined ? err(failure('request-unknown')) : ok({ device });
      }
      const { device, description, roles } = approved.value;
      return ok({
        device: {
          id: device,
          ...description,
          addedAt: parts.now().toISOString(),
          isThis: false,
          mayApprove: hasRoles(roles, ROLES.admin),
          state: 'active',
          lastSeenAt: null,
          byInvitation: false,
        },
      });
    },

    async reject(id) {
      const allowed = isAdmin();
      if (!allowed.ok) return allowed;
      const before = await loaded();
      return before.ok ? refuse(parts, before.value, id) : before;
    },

    async invite() {
      const allowed = isAdmin();
      if (!allowed.ok) return allowed;
      const { id: account, service } = accountOf(parts);
      const nowSeconds = secondsOf(parts.now());
      const name = await nameToTell(parts);
      if (!name.ok) return name;
      const pin = service.pin?.key ?? null;
      const made = makeInvitation({ account, name: name.value, roles: ORDINARY_ROLES, pin, nowSeconds });
      const { invitation, link } = made;
      const kept = await rememberApprovals(parts, withInvitation(approvalsOf(parts), invitation));
      const expiresAt = timeOf(nowSeconds + INVITATION_LIFETIME_SECONDS).toISOString();
      return kept.ok ? ok({ link, expiresAt }) : kept;
    },

    async devices() {
      const known = isMember();
      if (!known.ok) return known;
      const whole = await wholly();
      return whole.ok ? ok(viewsOf(whole.value)) : whole;
    },

    remove: (id, words) => removeAndShare(parts, ground, id, words),

    ...actCalls(parts, {
      ...ground,
      isMember,
      forget: () => {
        member = null;
        notes = NO_NOTES;
      },
    }),

    async rotate() {
      const allowed = isAdmin();
      if (!allowed.ok) return allowed;
      const replaced = await link(replaceKeys);
      const rotated = replaced.ok ? await link(rotate) : replaced;
      return rotated.ok ? syncAll() : rotated;
    },

    sync: () => syncAll(),

    syncAnyway: () => syncAll(true),

    async goOn() {
      if (parts.state().joining !== null) await joining();
      else if (parts.state().account?.standing === 'member') await syncAll();
    },

    waitsFor() {
      const { joining: record, account } = parts.state();
      const state = joinStateOf(record);
      if (state !== null && state.kind !== 'ended') return state.kind === 'confirmed' ? 'answer' : 'step';
      if (account?.standing !== 'member') return 'nothing';
      return isAwaited(approvalsOf(parts), secondsOf(parts.now())) ? 'step' : 'news';
    },

    follow: following.follow,
  };
}

const sameSecret = (one: Redacted<Uint8Array>, other: Redacted<Uint8Array>): boolean =>
  toHex(one.reveal()) === toHex(other.reveal());
