import { NO_HOSTING } from '../mesh/testing/no-hosting.ts';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { ChangePlan, ClientProfile, ProfileId } from '@endymail/shared/mail';
import type { Agent } from '../agent.ts';
import { certificateId } from '../certificates/index.ts';
import { createAgent, type AgentParts } from '../create-agent.ts';
import { createMemoryMeshFiles } from '../account/testing/memory-mesh-files.ts';
import type { MeshFiles } from '../account/mesh-files.ts';
import { EMPTY_STATE, type AgentState } from '../home/state.ts';
import type { MailClientAdapter, ProfileTarget } from '../mail-clients/adapter.ts';
import { address, identity, profile } from './profiles.ts';

export { address, identity, profile };

export const alice = address('alice@example.test');
export const work = address('alice@work.test');

/** A client that holds what it is told; its answers can be set by a test. */
function fakeClient(profiles: ClientProfile[]) {
  const held = new Map<ProfileId, ProfileTarget>();
  const client = {
    profiles,
    held,
    /** Profiles that are found only by a folder that the person points at. */
    folders: new Map<string, ClientProfile>(),
    opened: [] as ProfileId[],
    obstacle: null as Failure | null,
    consents: [] as ChangePlan['consents'],
    failNext: null as Failure | null,
    applied: 0,
    forgotten: 0,
  };
  const summary = (target: ProfileTarget | undefined) =>
    JSON.stringify([
      target?.identities.map((one) => [one.identityId, certificateId(one.certificate)]) ?? [],
      target?.people.map((one) => [certificateId(one.certificate), certificateId(one.crossCertificate)]) ?? [],
      target?.automatic ?? null,
    ]);
  const planFor = (at: ClientProfile, target: ProfileTarget): ChangePlan => ({
    profileId: at.id,
    profileName: at.name,
    profilePath: at.path,
    steps:
      summary(held.get(at.id)) === summary(target)
        ? []
        : [{ kind: 'set-pref', name: 'x', from: null, to: 'y', scope: 'profile', address: null }],
    consents: target.automatic && !held.get(at.id)?.automatic ? client.consents : [],
    changedByHand: [],
    knownPeople: 0,
    obstacles: client.obstacle ? [client.obstacle] : [],
  });
  const adapter: MailClientAdapter = {
    discover: (folders = []) =>
      Promise.resolve({
        profiles: [...client.profiles, ...folders.flatMap((folder) => client.folders.get(folder) ?? [])],
        problems: folders.filter((folder) => !client.folders.has(folder)).map(() => failure('folder-missing')),
      }),
    examineFolder: (folder) =>
      Promise.resolve(client.folders.has(folder) ? ok(folder) : err(failure('folder-without-profile'))),
    plan: (at, target) => Promise.resolve(ok(planFor(at, target))),
    apply: async (at, target, refuses) => {
      const plan = planFor(at, target);
      const report = { profileId: at.id, applied: plan.steps.length, changedByHand: [] };
      if (plan.steps.length === 0) return ok(report);
      const failed = (await refuses?.(plan)) ?? client.failNext;
      client.failNext = null;
      if (failed) return err(failed);
      held.set(at.id, target);
      client.applied += 1;
      return ok(report);
    },
    inspect: () => Promise.reject(new Error('not asked for here')),
    compose: () => Promise.resolve(ok()),
    open: (at) => {
      client.opened.push(at.id);
      return Promise.resolve(ok());
    },
    forget: () => {
      client.forgotten += 1;
      return Promise.resolve(ok());
    },
  };
  return { client, adapter };
}

/** An agent with its memory and a client that holds what it is told. */
export interface World {
  readonly agent: Agent;
  readonly client: ReturnType<typeof fakeClient>['client'];
  readonly state: () => AgentState;
  readonly remember: (state: AgentState) => void;
  destroyed: boolean;
  now: Date;
}

/** A computer that reaches nobody. */
const OFFLINE: AgentParts['network'] = Object.freeze({
  find: () => Promise.resolve(err(failure('mesh-offline'))),
  hosting: NO_HOSTING,
  connect: () => {
    throw new Error('nobody was found who could be called');
  },
  watch: () => () => undefined,
  here: { name: 'computer', platform: 'linux' },
  pause: () => Promise.resolve(),
});

/** Makes one on these profiles, on this network, with what is kept of the mesh. `now` can be set. */
export function world(
  profiles: ClientProfile[],
  network: AgentParts['network'] = OFFLINE,
  mesh: MeshFiles = createMemoryMeshFiles(),
): World {
  const { client, adapter } = fakeClient(profiles);
  let state: AgentState = EMPTY_STATE;
  const memory = {
    state: () => state,
    update: (next: AgentState): Promise<Result<void, Failure>> => {
      state = next;
      return Promise.resolve(ok());
    },
    mesh,
    backup: () => Promise.resolve(ok(new Uint8Array())),
    destroy: (): Promise<Result<void, Failure>> => {
      made.destroyed = true;
      return Promise.resolve(ok());
    },
    close: () => undefined,
  };
  const made: World = {
    agent: createAgent({ memory, adapter, now: () => made.now, network }),
    client,
    state: () => state,
    remember: (next) => {
      state = next;
    },
    destroyed: false,
    now: new Date('2026-11-24T12:00:00Z'),
  };
  return made;
}

/** The value of a result that must be good. */
export const valueOf = <T>(result: Result<T, Failure>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
};

/** The code of a result that should be a failure; null where it is none. */
export const codeOf = <T>(result: Result<T, Failure>): string | null => (result.ok ? null : result.error.code);

/** Somebody else's agent, which has the mailbox of this address enabled. */
export async function correspondent(of: string): Promise<{ world: World; part: () => Promise<string> }> {
  const there = world([profile('theirs', [identity('id1', address(of))])]);
  valueOf(await there.agent.enable([address(of)], {}));
  return { world: there, part: async () => valueOf(await there.agent.share(address(of))).text };
}
