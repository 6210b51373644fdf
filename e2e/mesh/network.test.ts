import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Redacted, type Failure, type Result } from '@endymail/shared/result';
import { ownKeys } from '../../main/agent/account/own-keys.ts';
import { addressOf } from '../../main/agent/account/service-of.ts';
import { EMPTY_STATE, type AgentState } from '../../main/agent/home/state.ts';
import { createServiceClient } from '../../main/agent/mesh/index.ts';
import { MESH_LIMITS } from '../../main/agent/mesh/limits.ts';
import { codeOf, correspondent, valueOf } from '../../main/agent/testing/world.ts';
import {
  ALICE,
  accountOf,
  computer,
  founder,
  heldBy,
  deviceOf,
  meets,
  requestOf,
  startMesh,
  type Computer,
  type Mesh,
} from './computer.ts';
import { unreachable, type Weather } from './lying-service.ts';

let mesh: Mesh;
/** A computer's state with a protected mailbox, and nobody's account. */
let enabled: AgentState = EMPTY_STATE;
let bob = '';

beforeAll(async () => {
  mesh = await startMesh();
  const made = computer(mesh, 'made');
  valueOf(await made.agent.enable([ALICE], {}));
  enabled = made.state();
  bob = await (await correspondent('bob@example.org')).part();
});

afterEach(() => {
  mesh.lying.lies = {};
  mesh.lying.weather = null;
  mesh.lying.calls.length = 0;
});

afterAll(() => mesh.stop());

/** What a person does who is told that the service can not be reached: the same again. */
async function until<T>(attempt: () => Promise<Result<T, Failure>>, told: string[]): Promise<T> {
  for (;;) {
    const result = await attempt();
    if (result.ok) return result.value;
    told.push(result.error.code);
    if (told.length > 40) throw new Error(told.join(' '));
  }
}

interface Told {
  readonly first: Computer;
  readonly second: Computer;
  readonly told: string[];
}

/** A computer that ends wherever something failed, and is started again. */
function ending(made: Computer): { readonly now: () => Computer; readonly end: () => void } {
  let now = made;
  return {
    now: () => now,
    end: () => {
      now = now.restarted();
    },
  };
}

/**
 * The story of the second machine in which every program ends where a call fails, so that only what is in the sealed
 * state is left for the next attempt.
 */
async function storyOfEnds(): Promise<Told> {
  const told: string[] = [];
  const [one, other] = [ending(computer(mesh, 'first')), ending(computer(mesh, 'second'))];
  one.now().remember(enabled);
  const name = mesh.newName();
  const persist = <T>(of: ReturnType<typeof ending>, act: (on: Computer) => Promise<Result<T, Failure>>): Promise<T> =>
    until(async () => {
      const result = await act(of.now());
      if (!result.ok) of.end();
      return result;
    }, told);
  await persist(one, ({ agent }) => agent.account.create(name));
  await persist(other, ({ agent }) => agent.account.request(name));
  const { digits, requestId } = requestOf(other.now());
  const typed = new Redacted(digits?.reveal() ?? '');
  const approving = persist(one, ({ agent }) => agent.account.approve(requestId, typed, { mayApprove: true }));
  const isJoined = async (): Promise<boolean> => {
    const view = await persist(other, ({ agent }) => agent.account.joining());
    if (view.kind === 'ended') throw new Error(view.why.code);
    return view.kind === 'joined';
  };
  while (!(await isJoined()));
  await approving;
  await meets(other.now(), bob);
  await persist(other, ({ agent }) => agent.account.sync());
  await persist(one, ({ agent }) => agent.account.sync());
  const id = await deviceOf(other.now());
  await persist(one, ({ agent }) => agent.account.remove(id, null));
  await persist(one, ({ agent }) => agent.account.sync());
  return { first: one.now(), second: other.now(), told };
}

/** The story of the second machine from its beginning, in whatever weather, each step repeated until it is done. */
async function story(): Promise<Told> {
  const told: string[] = [];
  const [first, second] = [computer(mesh, 'first'), computer(mesh, 'second')];
  first.remember(enabled);
  const name = mesh.newName();
  await until(() => first.agent.account.create(name), told);
  await until(() => second.agent.account.request(name), told);
  const { digits, requestId } = requestOf(second);
  await until(() => first.agent.account.pending(), told);
  const approving = until(
    () => first.agent.account.approve(requestId, new Redacted(digits?.reveal() ?? ''), { mayApprove: true }),
    told,
  );
  const isJoined = async (): Promise<boolean> => {
    const view = await until(() => second.agent.account.joining(), told);
    if (view.kind === 'ended') throw new Error(view.why.code);
    return view.kind === 'joined';
  };
  while (!(await isJoined()));
  await approving;
  await meets(second, bob);
  await until(() => second.agent.account.sync(), told);
  await until(() => first.agent.account.sync(), told);
  const id = await deviceOf(second);
  await until(() => first.agent.account.remove(id, null), told);
  await until(() => first.agent.account.sync(), told);
  return { first, second, told };
}

/** What must be true at the end, whatever happened on the way. */
async function expectTold({ first, second }: Told): Promise<void> {
  const devices = valueOf(await first.agent.account.devices());
  expect(devices.map(({ name, state }) => [name, state])).toEqual([
    ['first', 'active'],
    ['second', 'removed'],
  ]);
  expect(first.state().people.map(({ address }) => address)).toEqual(['bob@example.org']);
  expect(second.state().people.map(({ address }) => address)).toEqual(['bob@example.org']);
  const [before, renewed, old] = [enabled.mailboxes[0], first.state().mailboxes[0], second.state().mailboxes[0]];
  // Removed, and so the keys are new, once; the removed device keeps the ones that it had.
  expect(renewed?.former.map(({ certificate }) => certificate)).toEqual([before?.current.certificate]);
  expect(old?.current.certificate).toEqual(before?.current.certificate);
  expect(codeOf(await second.agent.account.sync())).toBe('account-removed');
}

const CALLS = [
  'accountOf',
  'createAccount',
  'readChain',
  'readBundles',
  'readEntries',
  'appendEntries',
  'appendLink',
  'postRequest',
  'readRequests',
  'readRequest',
  'postOffer',
  'postConfirm',
  'postAnswer',
];

/** After a moment, so that nobody waits for ever for one who is done. */
const soon = (): Promise<unknown> => setTimeout(30);

/** The weather in which the first `times` calls of this name by each computer meet with this. */
function firstOf(name: string, times: number, meet: Weather): Weather {
  const met = new Map<string, number>();
  return (call, send) => {
    const before = met.get(call.caller) ?? 0;
    if (call.name !== name || before >= times) return send();
    met.set(call.caller, before + 1);
    return meet(call, send);
  };
}

const lost: Weather = () => Promise.resolve(unreachable());
const unanswered: Weather = async (_, send) => {
  await send();
  return unreachable();
};
const twice: Weather = async (_, send) => {
  await send();
  return send();
};

describe('the story of the second machine', () => {
  it('is told in fair weather', async () => {
    const end = await story();
    await expectTold(end);
    expect(end.told.filter((code) => code !== 'approve-unanswered')).toEqual([]);
  });

  it.each(CALLS)('[SEC-113] comes to the same end where %s does not arrive', async (name) => {
    mesh.lying.weather = firstOf(name, 2, lost);
    const end = await story();
    expect(end.told).toContain('mesh-offline');
    await expectTold(end);
  });

  it.each(CALLS)('[SEC-113] comes to the same end where the answer to %s does not arrive', async (name) => {
    mesh.lying.weather = firstOf(name, 2, unanswered);
    const end = await story();
    expect(end.told).toContain('mesh-offline');
    await expectTold(end);
  });

  it.each(CALLS)('[SEC-113] comes to the same end where %s is made twice', async (name) => {
    mesh.lying.weather = firstOf(name, Infinity, twice);
    await expectTold(await story());
  });

  it.each([1, 2, 3, 4, 5, 6])(
    '[SEC-113] comes to the same end where the new device does not get the chain the %s. time',
    async (lostTime) => {
      let times = 0;
      mesh.lying.weather = (call, send) => {
        if (call.caller !== 'second' || call.name !== 'readChain') return send();
        times += 1;
        return times === lostTime ? Promise.resolve(unreachable()) : send();
      };
      const end = await story();
      expect(end.told).toContain('mesh-offline');
      await expectTold(end);
    },
  );

  it.each([29, 31, 37, 41])('[SEC-113] comes to the same end where programs end at one call in %s', async (every) => {
    let calls = 0;
    mesh.lying.weather = async (_, send) => {
      calls += 1;
      if (calls % every !== 0) return send();
      // By turns the call is lost, and the answer.
      if ((calls / every) % 2 === 0) await send();
      return unreachable();
    };
    const end = await storyOfEnds();
    expect(end.told).toContain('mesh-offline');
    mesh.lying.weather = null;
    await expectTold(end);
  });

  it('[SEC-113] comes to the same end where the service is started again in the middle of it, three times', async () => {
    let calls = 0;
    let starting: Promise<void> = Promise.resolve();
    mesh.lying.weather = async (_, send) => {
      calls += 1;
      if (calls % 23 === 0 && calls < 70) starting = starting.then(() => mesh.restart());
      const sent = send();
      await starting;
      return sent;
    };
    await expectTold(await story());
    expect(calls).toBeGreaterThan(69);
  });

  it('[SEC-113] comes to the same end where answers come late, and in another order', async () => {
    const waiting: (() => void)[] = [];
    mesh.lying.weather = async (call, send) => {
      const answer = await send();
      // The first computer's answers wait until the second one has got another.
      if (call.caller === 'second')
        waiting.splice(0).forEach((go) => {
          go();
        });
      else if (call.name === 'readRequest') await Promise.race([new Promise<void>((go) => waiting.push(go)), soon()]);
      return answer;
    };
    await expectTold(await story());
  });
});

describe('a service that never answers', () => {
  it('[SEC-95] is given up, and all that was decided here waits for a better one', async () => {
    const { first } = await founder(mesh);
    await meets(first, bob);
    const silent = createServer();
    const sockets = new Set<Socket>();
    silent.on('connection', (socket) => sockets.add(socket));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const url = `http://127.0.0.1:${String(address.port)}`;
    const { service } = accountOf(first);
    const { signing } = await ownKeys(accountOf(first).device);
    const limits = { ...MESH_LIMITS, answerMs: 50 };
    const half = createServiceClient({
      service: { ...addressOf(service), url },
      key: signing,
      now: () => new Date(),
      limits,
    });
    mesh.lying.lies = { readChain: () => half.readChain, readEntries: () => half.readEntries };
    const before = heldBy(first);
    expect(codeOf(await first.agent.account.sync())).toBe('mesh-offline');
    expect(heldBy(first)).toBe(before);
    expect(sockets.size).toBeGreaterThan(0);
    mesh.lying.lies = {};
    valueOf(await first.agent.account.sync());
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
});
