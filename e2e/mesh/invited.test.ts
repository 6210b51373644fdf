import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '../../main/agent/testing/world.ts';
import { computer, deviceOf, household, startMesh, type Computer, type Mesh } from './computer.ts';

let mesh: Mesh;

beforeAll(async () => {
  mesh = await startMesh();
});

afterAll(() => mesh.stop());

const tasksOf = async ({ agent }: Computer) => valueOf(await agent.account.show())?.tasks ?? [];

it('[SEC-145] a device that joined by an invitation is told of on every device that did not make it, until it is gone', async () => {
  const { maker, desk, tower } = await household(mesh, ['maker', 'desk', 'tower']);
  const { link } = valueOf(await maker.agent.account.invite());
  const guest = computer(mesh, 'guest');
  valueOf(await guest.agent.account.join(link));
  for (let isJoined = false; !isJoined;) {
    valueOf(await maker.agent.account.sync());
    isJoined = valueOf(await guest.agent.account.joining()).kind === 'joined';
  }
  const id = await deviceOf(guest);
  for (const one of [guest, maker]) valueOf(await one.agent.account.sync());

  // Told once, however often it looks, and also where its program ended in between.
  valueOf(await desk.agent.account.sync());
  const again = desk.restarted();
  valueOf(await again.agent.account.sync());
  const told = await tasksOf(again);
  expect(told.map(({ code, says }) => [code, says])).toEqual([
    ['invited-device', '“guest” joined your account by an invitation. If you did not mean it to, remove it.'],
  ]);
  expect([await tasksOf(maker), await tasksOf(guest)]).toEqual([[], []]);
  const devices = valueOf(await again.agent.account.devices());
  expect(devices.map(({ name, byInvitation }) => [name, byInvitation])).toEqual([
    ['desk', false],
    ['maker', false],
    ['tower', false],
    ['guest', true],
  ]);

  valueOf(await again.agent.account.taskDone(told[0]?.id ?? ''));
  valueOf(await again.agent.account.sync());
  expect(await tasksOf(again)).toEqual([]);

  // Where it was not answered, it goes with the device.
  valueOf(await tower.agent.account.sync());
  expect(await tasksOf(tower)).toHaveLength(1);
  valueOf(await maker.agent.account.remove(id, null));
  valueOf(await tower.agent.account.sync());
  expect((await tasksOf(tower)).filter(({ code }) => code === 'invited-device')).toEqual([]);
});
