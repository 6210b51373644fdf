import { afterAll, beforeAll, expect, it } from 'vitest';
import { Redacted } from '@endymail/shared/result';
import { valueOf } from '../../main/agent/testing/world.ts';
import { ALICE, asksToJoin, computer, startMesh, untilJoined, type Mesh } from './computer.ts';

let mesh: Mesh;

beforeAll(async () => {
  mesh = await startMesh();
});

afterAll(() => mesh.stop());

it('tells the story of the second machine', async () => {
  const name = mesh.newName();
  const [first, second] = [computer(mesh, 'first'), computer(mesh, 'second')];
  valueOf(await first.agent.enable([ALICE], {}));
  const account = valueOf(await first.agent.account.create(name));
  expect(account).toMatchObject({ name, standing: 'member', words: 'to-be-written-down' });

  const asked = await asksToJoin(second, name);
  const [request] = valueOf(await first.agent.account.pending());
  expect(request?.id).toBe(asked.id);
  const approving = first.agent.account.approve(asked.id, new Redacted(asked.digits), { mayApprove: false });
  const joined = await untilJoined(second);
  expect(joined.name).toBe(name);
  expect(valueOf(await approving).device).toMatchObject({ name: 'second', mayApprove: false });
  const [mine, its] = [first.state().mailboxes[0], second.state().mailboxes[0]];
  expect(its?.current.certificate).toEqual(mine?.current.certificate);
  expect(its?.current.privateKey.reveal()).toEqual(mine?.current.privateKey.reveal());
  expect(its?.authority.privateKey).toBeNull();
  valueOf(await first.agent.account.sync());
  expect(valueOf(await first.agent.account.devices()).map((device) => device.name)).toEqual(['first', 'second']);
});
