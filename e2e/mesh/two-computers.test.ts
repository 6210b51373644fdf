import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AccountView } from '@endymail/shared/account';
import { Redacted } from '@endymail/shared/result';
import { startService, type RunningService } from '@endymail/service';
import { createServiceClient, findService } from '../../main/agent/mesh/index.ts';
import { address, identity, profile } from '../../main/agent/testing/profiles.ts';
import { valueOf, world, type World } from '../../main/agent/testing/world.ts';

const ALICE = address('alice@example.test');

let folder = '';
let service: RunningService;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-mesh-'));
  const started = await startService({ dataFolder: folder, listen: { host: '127.0.0.1', port: 0 } });
  if (!started.ok) throw new Error(started.error.kind);
  service = started.value;
});

afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

function computer(name: string, addresses = [ALICE]): World {
  const ids = addresses.map((of, index) => identity(`id${String(index)}`, of));
  return world([profile(name, ids)], {
    find: (of) => findService(of),
    connect: (of, key) => createServiceClient({ service: of, key, now: () => new Date() }),
    here: { name, platform: 'linux' },
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  });
}

async function untilJoined(computerThatJoins: World): Promise<AccountView> {
  for (;;) {
    const view = valueOf(await computerThatJoins.agent.account.joining());
    if (view.kind === 'joined') return view.account;
    if (view.kind === 'ended') throw new Error(view.why.code);
  }
}

it('tells the story of the second machine', async () => {
  const name = `alice@127.0.0.1:${String(service.address.port)}`;
  const [first, second] = [computer('first'), computer('second')];
  first.now = new Date();
  second.now = new Date();
  valueOf(await first.agent.enable([ALICE], {}));
  const account = valueOf(await first.agent.account.create({ name, here: false }));
  expect(account).toMatchObject({ name, standing: 'member', words: 'to-be-written-down' });

  const asked = valueOf(await second.agent.account.request(name));
  if (asked.kind !== 'waiting' || asked.digits === null) throw new Error(asked.kind);
  const [request] = valueOf(await first.agent.account.pending());
  const approving = first.agent.account.approve(request?.id ?? '', new Redacted(asked.digits), { mayApprove: false });
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
