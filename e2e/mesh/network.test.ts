import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Redacted, type Failure, type Result } from '@endymail/shared/result';
import { EMPTY_STATE, type AgentState } from '../../main/agent/home/state.ts';
import { codeOf, correspondent, valueOf } from '../../main/agent/testing/world.ts';
import { ALICE, computer, deviceOf, meets, requestOf, startMesh, type Computer, type Mesh } from './computer.ts';
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
});
