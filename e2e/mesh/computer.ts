import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as v from 'valibot';
import type { AccountView, ApprovedDevice } from '@endymail/shared/account';
import { decodeJoinState, type Requested } from '@endymail/shared/connect';
import { Redacted } from '@endymail/shared/result';
import { startService, type RunningService } from '@endymail/service';
import type { AccountRecord } from '../../main/agent/account/account-record.ts';
import { createMemoryMeshFiles } from '../../main/agent/account/testing/memory-mesh-files.ts';
import { StateSchema, stateToJson } from '../../main/agent/home/state-codec.ts';
import { findService } from '../../main/agent/mesh/index.ts';
import { NO_HOSTING } from '../../main/agent/mesh/testing/no-hosting.ts';
import { address, identity, profile } from '../../main/agent/testing/profiles.ts';
import { valueOf, world, type World, correspondent } from '../../main/agent/testing/world.ts';
import { createLyingService, type LyingService } from './lying-service.ts';

export const ALICE = address('alice@example.test');

/** A real service, behind one that can lie. */
export interface Mesh {
  readonly lying: LyingService;
  /** A name that no account has yet, at this service. */
  readonly newName: () => string;
  /** Stops the service and starts it again on the same data. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** By how much the service's clock is ahead of the machine's. */
  readonly clock: { aheadMs: number };
}

/** A service for the tests of one file, with the file that bob gives to those who write to him. */
export async function meshAndBob(): Promise<{ readonly mesh: Mesh; readonly bob: string }> {
  const [mesh, { part }] = await Promise.all([startMesh(), correspondent('bob@example.org')]);
  return { mesh, bob: await part() };
}

/** Between two tests: no lies, fair weather, the right time. */
export function calm({ lying, clock }: Mesh): void {
  lying.lies = {};
  lying.weather = null;
  lying.calls.length = 0;
  clock.aheadMs = 0;
}

/** Tests ask for more in a minute than people do. */
const ROOM = Object.freeze({
  accountRequestsPerMinute: 1_000_000,
  addressRequestsPerMinute: 1_000_000,
  addressNewAccountsPerDay: 1_000_000,
  addressJoinRequestsPerMinute: 1_000_000,
});

export async function startMesh(): Promise<Mesh> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'endymail-mesh-'));
  const clock = { aheadMs: 0 };
  const nowMs = (): number => Date.now() + clock.aheadMs;
  const start = async (port: number): Promise<RunningService> => {
    const started = await startService({ dataFolder, listen: { host: '127.0.0.1', port }, limits: ROOM, nowMs });
    if (!started.ok) throw new Error(started.error.kind);
    return started.value;
  };
  let service = await start(0);
  let names = 0;
  return {
    clock,
    lying: createLyingService(() => service.url),
    newName: () => {
      names += 1;
      return `alice${String(names)}@127.0.0.1:${String(service.address.port)}`;
    },
    restart: async () => {
      await service.stop();
      service = await start(service.address.port);
    },
    stop: async () => {
      await service.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** As a computer looks for the answer of another one: often, and for as long as that needs on a busy machine. */
const BETWEEN_LOOKS_MS = 40;

/** An agent with a mail client that holds what it is told, on the network of `mesh`. */
export interface Computer extends World {
  readonly name: string;
  /** The same computer after its program ended: what is not in its sealed state is gone, what is kept beside it too. */
  readonly restarted: () => Computer;
}

/** Makes a computer with one profile that has these mailboxes. */
export function computer(mesh: Mesh, name: string, addresses = [ALICE]): Computer {
  const identities = addresses.map((of, index) => identity(`id${String(index)}`, of));
  const made = world(
    [profile(name, identities)],
    {
      find: (of, pin) => findService(of, pin),
      hosting: NO_HOSTING,
      connect: mesh.lying.connectAs(name),
      watch: () => () => undefined,
      here: { name, platform: 'linux' },
      pause: () => setTimeout(BETWEEN_LOOKS_MS),
    },
    createMemoryMeshFiles(),
  );
  made.now = new Date();
  const self: Computer = Object.assign(made, {
    name,
    restarted: () => {
      const again = computer(mesh, name, addresses);
      again.remember(v.parse(StateSchema, JSON.parse(heldBy(self))));
      again.now = self.now;
      return again;
    },
  });
  return self;
}

/** All that a computer has in its sealed state, to be compared. */
export const heldBy = (of: World): string => JSON.stringify(stateToJson(of.state()));

/** The same without what it remembers of its account: its keys, its people, its settings. */
export const belongingsOf = (of: World): string =>
  JSON.stringify(stateToJson({ ...of.state(), account: null, joining: null }));

/** A computer with a protected mailbox, and an account. */
export async function founder(mesh: Mesh, name = 'first'): Promise<{ first: Computer; account: string }> {
  const first = computer(mesh, name);
  valueOf(await first.agent.enable([ALICE], {}));
  const account = mesh.newName();
  valueOf(await first.agent.account.create(account));
  return { first, account };
}

/** The digits that a computer shows which asks to join, and the id under which the others see it. */
export async function asksToJoin(newcomer: Computer, account: string): Promise<{ digits: string; id: string }> {
  const asked = valueOf(await newcomer.agent.account.request(account));
  if (asked.kind !== 'waiting' || asked.digits === null) throw new Error(asked.kind);
  return { digits: asked.digits, id: requestOf(newcomer).requestId };
}

/** The request of a computer that waits for its answer. */
export function requestOf({ state }: World): Requested {
  const { joining } = state();
  const joinState = joining === null ? null : decodeJoinState(joining.steps);
  if (joinState?.kind !== 'requested') throw new Error('It does not ask to join');
  return joinState;
}

/** What a computer remembers of the account that it belongs to. */
export function accountOf({ state }: World): AccountRecord {
  const { account } = state();
  if (account === null) throw new Error('It belongs to no account');
  return account;
}

/** Adds the person of this public part. */
export async function meets({ agent }: World, part: string): Promise<void> {
  const { fingerprint } = valueOf(await agent.readPublicPart(part));
  valueOf(await agent.addPerson(part, fingerprint));
}

/** Whom a computer knows. */
export const peopleOf = ({ state }: World): readonly string[] => state().people.map(({ address: of }) => of);

/** The id under which a computer is a device of its account. */
export const deviceOf = async ({ agent }: World): Promise<string> =>
  valueOf(await agent.account.show())?.device.id ?? '';

/** Takes the steps of joining until it is through. Throws where it comes to nothing. */
export async function untilJoined(newcomer: Computer): Promise<AccountView> {
  for (;;) {
    const view = valueOf(await newcomer.agent.account.joining());
    if (view.kind === 'joined') return view.account;
    if (view.kind === 'ended') throw new Error(view.why.code);
  }
}

/** The computers of one account, of which the first made it; all of them may approve, and know of each other. */
export async function household<Name extends string>(
  mesh: Mesh,
  names: readonly [Name, ...Name[]],
): Promise<Readonly<Record<Name, Computer>>> {
  const [name, ...others] = names;
  const { first, account } = await founder(mesh, name);
  const all = new Map<Name, Computer>([[name, first]]);
  for (const other of others) {
    const next = computer(mesh, other);
    await joins(first, next, account, { mayApprove: true });
    all.set(other, next);
  }
  for (const one of all.values()) valueOf(await one.agent.account.sync());
  return Object.fromEntries(all) as Record<Name, Computer>;
}

/** Approves, and comes back as often as the new device needs on a busy machine. */
async function approves(admin: Computer, id: string, digits: string, mayApprove: boolean): Promise<ApprovedDevice> {
  for (;;) {
    const approved = await admin.agent.account.approve(id, new Redacted(digits), { mayApprove });
    if (approved.ok || approved.error.code !== 'approve-unanswered') return valueOf(approved);
  }
}

/** Asks, is approved with the right digits, and is through. */
export async function joins(
  admin: Computer,
  newcomer: Computer,
  account: string,
  { mayApprove = false } = {},
): Promise<ApprovedDevice> {
  const { id, digits } = await asksToJoin(newcomer, account);
  const approving = approves(admin, id, digits, mayApprove);
  await untilJoined(newcomer);
  const approved = await approving;
  valueOf(await admin.agent.account.sync());
  return approved;
}
