import { randomInt } from 'node:crypto';
import { err, failure, ok, type Failure, type Redacted, type Result } from '@endymail/shared/result';
import type {
  ChangedByHandChoice,
  ClientProfile,
  Discovery,
  MailAddress,
  MailboxCheck,
  MailboxList,
} from '@endymail/shared/mail';
import type { AccountParts } from './account/account-parts.ts';
import { createAccountAgent } from './account/create-account-agent.ts';
import type { MeshFiles } from './account/mesh-files.ts';
import type { Agent, DisableOptions, EnableOptions, ReconcileOptions, SharedPart, WorkReport } from './agent.ts';
import { authorityFingerprint, toPkcs12 } from './certificates/index.ts';
import type { AgentState, MailboxRecord } from './home/state.ts';
import { isLongEnough } from './keychain/index.ts';
import type { MailClientAdapter } from './mail-clients/adapter.ts';
import { checkNowhere, checkPlace } from './mailboxes/check.ts';
import { isByHand, missingConsent } from './mailboxes/consent.ts';
import { withoutMailboxes } from './mailboxes/disable.ts';
import { draftEnable, stopsEnable, type Drafts } from './mailboxes/enable.ts';
import { withFolder, withoutFolder } from './mailboxes/folders.ts';
import { profilesWith } from './mailboxes/profiles-with.ts';
import { reconcileProfiles } from './mailboxes/reconciler.ts';
import { renewDue } from './mailboxes/renew.ts';
import { mailboxRows } from './mailboxes/rows.ts';
import { targetFor } from './mailboxes/target.ts';
import { examinePublicPart, personView, withoutPerson, withPerson } from './people/people.ts';
import { writePublicPart } from './people/public-part.ts';

/** What the agent remembers. `update` is durable when it resolves. */
export interface Memory {
  readonly state: () => AgentState;
  readonly update: (next: AgentState) => Promise<Result<void, Failure>>;
  /** What is kept of the mesh; nothing can be kept before the first `update`. */
  readonly mesh: MeshFiles;
  readonly backup: (passphrase: Redacted<string>) => Promise<Result<Uint8Array, Failure>>;
  readonly destroy: () => Promise<Result<void, Failure>>;
  readonly close: () => void;
}

export interface AgentParts {
  readonly memory: Memory;
  readonly adapter: MailClientAdapter;
  readonly now: () => Date;
  /** The network, and what this computer is called there. */
  readonly network: Pick<AccountParts, 'find' | 'hosting' | 'connect' | 'watch' | 'here' | 'pause'>;
}

/** Puts the agent together. See `Agent` for what each method does. */
export function createAgent({ memory, adapter, now, network }: AgentParts): Agent {
  const drafts: Drafts = new Map();
  const discover = (): Promise<Discovery> => adapter.discover(memory.state().folders);

  /** What is still to be done in each profile, found by planning only. */
  async function pending(discovery: Discovery): Promise<Map<string, Failure>> {
    const waiting = new Map<string, Failure>();
    const state = memory.state();
    for (const profile of discovery.profiles) {
      const plan = await adapter.plan(profile, targetFor(profile, state, 'leave'), 'just-discovered');
      if (!plan.ok) waiting.set(profile.id, plan.error);
      else if (plan.value.changedByHand.length > 0) waiting.set(profile.id, failure('changed-by-hand'));
      else if (plan.value.steps.length > 0) {
        const why = missingConsent(plan.value, state) ?? plan.value.obstacles[0];
        waiting.set(profile.id, why ?? failure('not-set-up'));
      }
    }
    return waiting;
  }

  /** Makes `wanted` what is remembered, with what is due renewed, and brings the profiles to it. */
  async function work(
    wanted: AgentState,
    options: ReconcileOptions & { readonly changedByHand?: ChangedByHandChoice },
    discovery?: Discovery,
  ): Promise<Result<WorkReport, Failure>> {
    const state = await renewDue(wanted, now());
    const remembered = state === memory.state() ? Promise.resolve(ok()) : memory.update(state);
    const found = discovery ?? (await discover());
    const { changedByHand = 'leave' } = options;
    const report = await reconcileProfiles({ adapter, discovery: found, state, remembered, changedByHand, options });
    const saved = await remembered;
    return saved.ok ? ok(report) : saved;
  }

  const draftOf = (addresses: readonly MailAddress[], options: EnableOptions, discovery: Discovery) =>
    draftEnable({ addresses, options, discovery, state: memory.state(), adapter, drafts, now: now() });

  async function disable(
    addresses: readonly MailAddress[] | 'all',
    options: DisableOptions,
  ): Promise<Result<WorkReport, Failure>> {
    const discovery = await discover();
    const next = withoutMailboxes(memory.state(), addresses, discovery);
    return next.ok ? work(next.value, options, discovery) : next;
  }

  async function checkProfile(
    record: MailboxRecord,
    profile: ClientProfile,
  ): Promise<Result<readonly MailboxCheck[], Failure>> {
    const state = memory.state();
    const target = targetFor(profile, state, 'leave');
    const inspection = await adapter.inspect(profile, target);
    if (!inspection.ok) return inspection;
    const plan = await adapter.plan(profile, target, 'just-discovered');
    if (!plan.ok) return plan;
    const identities = profile.identities.filter((identity) => identity.address === record.address);
    const seen = { record, profile, inspection: inspection.value, plan: plan.value, now: now() };
    return ok(identities.map((identity) => checkPlace({ ...seen, identity, byHand: isByHand(state, profile.id) })));
  }

  const enabledMailbox = (address: MailAddress): Result<MailboxRecord, Failure> => {
    const record = memory.state().mailboxes.find((mailbox) => mailbox.enabled && mailbox.address === address);
    return record ? ok(record) : err(failure('mailbox-not-enabled', `The mailbox ${address} is not enabled.`));
  };

  function keyForPhone(address: MailAddress, password: Redacted<string>): Result<Redacted<Uint8Array>, Failure> {
    // Also of a mailbox that is off: its key still reads old mail.
    const record = memory.state().mailboxes.find((mailbox) => mailbox.address === address);
    if (!record) return err(failure('mailbox-not-enabled', `Endymail has no key of ${address}.`));
    if (!isLongEnough(password)) return err(failure('passphrase-too-short'));
    const { current, authority } = record;
    const friendlyName = `Endymail ${address}`;
    return ok(toPkcs12({ key: current, authority: authority.certificate, friendlyName, password }));
  }

  function publicPartOf(address: MailAddress): Result<SharedPart, Failure> {
    const record = enabledMailbox(address);
    if (!record.ok) return record;
    const { authority, current } = record.value;
    const text = writePublicPart({ address, authority: authority.certificate, certificate: current.certificate });
    return ok({ text, fingerprint: authorityFingerprint(authority.certificate) });
  }

  async function mailboxes(): Promise<Result<MailboxList, Failure>> {
    const discovery = await discover();
    return ok(mailboxRows(discovery, memory.state(), await pending(discovery), now()));
  }

  /** Remembers other folders, and lists what is found with them. */
  async function lookInto(state: Result<AgentState, Failure>): Promise<Result<MailboxList, Failure>> {
    if (!state.ok) return state;
    const saved = await memory.update(state.value);
    return saved.ok ? mailboxes() : saved;
  }

  const account = createAccountAgent({
    ...network,
    state: memory.state,
    update: memory.update,
    files: memory.mesh,
    reconcile: () => work(memory.state(), {}),
    now,
  });

  return {
    account,

    mailboxes,

    async plan(addresses, options) {
      const draft = await draftOf(addresses, options, await discover());
      return draft.ok ? ok(draft.value.plans) : draft;
    },

    async enable(addresses, options) {
      const discovery = await discover();
      const draft = await draftOf(addresses, options, discovery);
      if (!draft.ok) return draft;
      const stop = stopsEnable(draft.value);
      return stop ? err(stop) : work(draft.value.state, options, discovery);
    },

    disable,

    reconcile: (options = {}) => work(memory.state(), options),

    async check(address) {
      const wanted = memory.state().mailboxes.filter((mailbox) => mailbox.enabled);
      const records = address === null ? wanted : wanted.filter((mailbox) => mailbox.address === address);
      if (records.length === 0) return err(failure('mailbox-not-enabled'));
      const { profiles } = await discover();
      const checks: MailboxCheck[] = [];
      for (const record of records) {
        const places = profilesWith(profiles, record.address);
        for (const profile of places) {
          const checked = await checkProfile(record, profile);
          if (!checked.ok) return checked;
          checks.push(...checked.value);
        }
        if (places.length === 0) checks.push(checkNowhere(record));
      }
      return ok(checks);
    },

    async openTestMail(address) {
      const record = enabledMailbox(address);
      if (!record.ok) return record;
      const { profiles } = await discover();
      const [profile] = profilesWith(profiles, address);
      const identity = profile?.identities.find((candidate) => candidate.address === address);
      if (!profile || !identity) return err(failure('mailbox-unknown'));
      const subject = `Endymail test ${randomInt(1000, 10_000)}`;
      const opened = await adapter.compose(profile, identity.id, { to: address, subject, body: TEST_MAIL_BODY });
      return opened.ok ? ok(subject) : opened;
    },

    async openClient(id) {
      const profile = (await discover()).profiles.find((one) => one.id === id);
      return profile
        ? adapter.open(profile)
        : err(failure('profile-unreadable', 'This profile is not on this computer any more.'));
    },

    exportKey: (address, password) => Promise.resolve(keyForPhone(address, password)),

    share: (address) => Promise.resolve(publicPartOf(address)),

    readPublicPart: (text) => examinePublicPart(text, memory.state(), now()),

    async addPerson(text, fingerprint) {
      const next = await withPerson(text, fingerprint, memory.state(), now());
      return next.ok ? work(next.value, {}) : next;
    },

    async removePerson(address) {
      const next = withoutPerson(address, memory.state());
      return next.ok ? work(next.value, {}) : next;
    },

    people: () => Promise.resolve(ok(memory.state().people.map(personView))),

    settings: () => Promise.resolve(ok(memory.state().settings)),

    async changeSettings(change) {
      const state = memory.state();
      return work({ ...state, settings: { ...state.settings, ...change } }, {});
    },

    folders: () => Promise.resolve(ok(memory.state().folders)),

    addFolder: async (folder) => lookInto(await withFolder(folder, memory.state(), adapter)),

    removeFolder: async (folder) => lookInto(await withoutFolder(folder, memory.state(), adapter)),

    backup: (passphrase) => memory.backup(passphrase),

    async remove(options) {
      const undone = await disable('all', options);
      if (!undone.ok) return undone;
      const stop = undone.value.waiting[0];
      // The keys must outlive what points at them: nothing is deleted while a profile still holds something of ours.
      if (stop) return err(stop.why);
      const { profiles, problems } = await discover();
      const unseen = problems.find(({ code }) => code === 'folder-missing');
      if (unseen) return err(unseen);
      for (const profile of profiles) {
        const forgotten = await adapter.forget(profile);
        if (!forgotten.ok) return forgotten;
      }
      const destroyed = await memory.destroy();
      return destroyed.ok ? undone : destroyed;
    },

    close: () => {
      memory.close();
    },
  };
}

const TEST_MAIL_BODY = [
  'This is the test mail of Endymail to yourself.',
  '',
  'Press Send. When it arrives, open it: Thunderbird shows that it was encrypted and signed.',
].join('\n');
