import { afterAll, beforeAll, expect, it } from 'vitest';
import { Redacted } from '@endymail/shared/result';
import { codeOf, valueOf } from '../../main/agent/testing/world.ts';
import {
  accountOf,
  asksToJoin,
  computer,
  founder,
  joins,
  requestOf,
  startMesh,
  untilJoined,
  type Mesh,
} from './computer.ts';

let mesh: Mesh;

beforeAll(async () => {
  mesh = await startMesh();
});

afterAll(() => mesh.stop());

it('goes on where the same account is asked for again, before and after it is through', async () => {
  const { first, account } = await founder(mesh);
  const second = computer(mesh, 'second');
  const asked = await asksToJoin(second, account);
  expect(await asksToJoin(second, account)).toEqual(asked);
  const approving = first.agent.account.approve(asked.id, new Redacted(asked.digits), { mayApprove: false });
  await untilJoined(second);
  valueOf(await approving);
  expect(valueOf(await second.agent.account.request(account))).toMatchObject({
    kind: 'joined',
    account: { name: account, standing: 'member' },
  });
  expect(codeOf(await second.agent.account.request(mesh.newName()))).toBe('account-exists');
});

it('takes back what was asked for where another account is, and not for a name that leads nowhere', async () => {
  const { first: mallory, account: wrong } = await founder(mesh, 'mallory');
  const { first, account } = await founder(mesh);
  const second = computer(mesh, 'second');
  const { id, digits } = await asksToJoin(second, wrong);
  expect(codeOf(await second.agent.account.request('no name'))).toBe('account-name-invalid');
  expect(codeOf(await second.agent.account.request(mesh.newName()))).toBe('account-unknown');
  expect(requestOf(second).requestId).toBe(id);

  await joins(first, second, account);
  expect(codeOf(await mallory.agent.account.approve(id, new Redacted(digits), { mayApprove: false }))).toBe(
    'request-unknown',
  );
  expect(valueOf(await second.agent.account.show())?.name).toBe(account);
});

it('joins by an invitation that came while digits were shown, and by a second one where the first has expired', async () => {
  const { first, account } = await founder(mesh);
  const second = computer(mesh, 'second');
  await asksToJoin(second, account);
  const late = valueOf(await first.agent.account.invite()).link;
  expect(valueOf(await second.agent.account.join(late))).toMatchObject({ kind: 'waiting', digits: null });
  const { requestId } = requestOf(second);
  valueOf(await second.agent.account.join(late));
  expect(requestOf(second).requestId).toBe(requestId);

  expect(first.agent.account.waitsFor()).toBe('step');
  first.now = new Date(first.now.getTime() + 10 * 60_000 + 1_000);
  // An invitation that nobody can use any more keeps nobody awake.
  expect(first.agent.account.waitsFor()).toBe('news');
  valueOf(await first.agent.account.sync());
  const { link } = valueOf(await first.agent.account.invite());
  valueOf(await second.agent.account.join(link));
  expect(requestOf(second).requestId).not.toBe(requestId);
  for (let round = 0; round < 3; round += 1) {
    valueOf(await first.agent.account.sync());
    await second.agent.account.joining();
  }
  expect(valueOf(await second.agent.account.show())?.name).toBe(account);
});

it('asks no more where an account of its own is made, and stays with that', async () => {
  const { first, account } = await founder(mesh);
  const second = computer(mesh, 'second');
  const { id, digits } = await asksToJoin(second, account);
  const own = mesh.newName();
  expect(codeOf(await second.agent.account.create(account))).toBe('account-name-taken');
  expect(requestOf(second).requestId).toBe(id);
  valueOf(await second.agent.account.create(own));
  expect(codeOf(await first.agent.account.approve(id, new Redacted(digits), { mayApprove: false }))).toBe(
    'request-unknown',
  );
  await second.agent.account.goOn();
  expect(valueOf(await second.agent.account.joining())).toMatchObject({ kind: 'joined', account: { name: own } });
  expect(valueOf(await second.agent.account.show())).toMatchObject({ name: own, standing: 'member' });
});

it('[SEC-113] what can not be read of a request or of the answers is said, and ends nothing: it is asked again', async () => {
  const { first, account } = await founder(mesh);
  const second = computer(mesh, 'second');
  await asksToJoin(second, account);
  const { joining } = second.state();
  if (joining === null) throw new Error('it does not ask');
  const unreadable = new Redacted(new Uint8Array([1, 2, 3]));
  second.remember({ ...second.state(), joining: { ...joining, steps: unreadable } });
  expect(codeOf(await second.agent.account.joining())).toBe('join-unreadable');
  await second.agent.account.goOn();
  expect(second.agent.account.waitsFor()).toBe('nothing');
  first.remember({ ...first.state(), account: { ...accountOf(first), approvals: unreadable } });
  valueOf(await first.agent.account.sync());
  await joins(first, second, account);
  expect(valueOf(await second.agent.account.show())?.name).toBe(account);
});
